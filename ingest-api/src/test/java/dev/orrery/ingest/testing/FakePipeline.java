package dev.orrery.ingest.testing;

import static java.util.Objects.requireNonNull;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.ReplyToolCall;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.FinishVerdict;
import dev.orrery.pipeline.turn.PublishedAnnouncements;
import dev.orrery.pipeline.turn.RunGrant;
import dev.orrery.pipeline.turn.TurnColumns;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.pipeline.turn.TurnRows;
import dev.orrery.pipeline.turn.Turns;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Plays the workers: says on the topics and in the rows what they would say, one step at a call.
 * Blocks.
 */
public final class FakePipeline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Publisher publisher;
    private final ConnectionPool connections;
    private final DatabaseClient database;
    private final TurnRows turns;

    public FakePipeline(RunningDoor door) {
        var server = SharedServers.database();
        var address = DatabaseAddress.parse(server.url(door.database()));
        this.publisher = door.bean(Publisher.class);
        this.connections =
                new Database(address, server.superuser(), "none", 4, "fake-pipeline").open();
        this.database = DatabaseClient.create(connections);
        this.turns = new TurnRows(database, Duration.ofSeconds(5));
    }

    public TurnRow row(String message) {
        return requireNonNull(
                database.sql("select t.* from chat.turns t where turn_id = $1")
                        .bind(0, UUID.fromString(message))
                        .map(row -> TurnColumns.read(row))
                        .one()
                        .block(PATIENCE));
    }

    /** A worker takes the turn. */
    public Run begin(String message) {
        var run = UUID.randomUUID();
        var grant = turns.begin(UUID.fromString(message), run).block(PATIENCE);
        if (!(grant instanceof RunGrant.Yours yours)) {
            throw new AssertionError("expected the turn to be ours: " + grant);
        }
        return new Run(yours.row(), run, yours.firstEpoch());
    }

    /** All stages, these chunks, and the end. */
    public void answer(String message, String... chunks) {
        var run = begin(message);
        for (var stage : ReplyStage.values()) {
            run.reach(stage);
        }
        for (var chunk : chunks) {
            run.say(chunk);
        }
        run.complete();
    }

    public void tell(ReplyEvent event, int partition) {
        var id =
                DerivedId.ofEvent(
                        UUID.fromString(event.getTurnId()),
                        "test",
                        event.getEpoch() * 1_000_000 + event.getSequence());
        var context =
                new EventContext(id, "test", Instant.now(), event.getTurnId(), null, null, null);
        publisher
                .publish(
                        new Event<>(
                                Topics.CHAT_REPLIES, event.getTurnId(), partition, event, context))
                .block(PATIENCE);
    }

    @Override
    public void close() {
        connections.dispose();
    }

    /** One worker's lease on a turn. */
    public final class Run {

        private final TurnRow row;
        private final UUID run;
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> chunkEnds = new ArrayList<>();
        private final List<CalledTool> calls = new ArrayList<>();
        private ReplyPosition next;
        private boolean restarted;
        private int attempt = 1;

        private Run(TurnRow row, UUID run, long firstEpoch) {
            this.row = row;
            this.run = run;
            this.next = new ReplyPosition(firstEpoch, 0);
        }

        public Run reach(ReplyStage stage) {
            tell(
                    event(stage.position(), ReplyKind.PROGRESS).setStage(stage.wireName()).build(),
                    row.replyPartition());
            return this;
        }

        public Run say(String chunk) {
            say(next, chunk);
            text.append(chunk);
            chunkEnds.add(text.length());
            next = next.next();
            return this;
        }

        /** A call for a tool that is carried out: two events. */
        public Run call(String id, String arguments) {
            var places = List.of(next.sequence(), next.sequence() + 1);
            step(id, arguments, "called");
            step(id, arguments, "answered");
            calls.add(
                    new CalledTool(1, id, "get_weather", arguments, "Rain", "answered", 9, places));
            return this;
        }

        private void step(String id, String arguments, String state) {
            var call =
                    ReplyToolCall.newBuilder()
                            .setId(id)
                            .setName("get_weather")
                            .setArguments(arguments)
                            .setState(state)
                            .build();
            tell(event(next, ReplyKind.TOOL_CALL).setToolCall(call).build(), row.replyPartition());
            next = next.next();
        }

        /** Text at any place, as a zombie or a repeat would write it. */
        public void say(ReplyPosition position, String chunk) {
            tell(event(position, ReplyKind.DELTA).setText(chunk).build(), row.replyPartition());
        }

        /** Produces a chunk that never reaches the topic. */
        public Run lose(String chunk) {
            text.append(chunk);
            chunkEnds.add(text.length());
            next = next.next();
            return this;
        }

        /** The lease is renewed, and what was delivered is noted. */
        public Run renew(long inputTokens, long outputTokens) {
            turns.renew(
                            List.of(
                                    new Turns.RunProgress(
                                            row.turnId(), run, inputTokens, outputTokens)))
                    .collectList()
                    .block(PATIENCE);
            return this;
        }

        public Run restart() {
            attempt++;
            restarted = true;
            text.setLength(0);
            chunkEnds.clear();
            calls.clear();
            next = new ReplyPosition(next.epoch() + 1, 0);
            tell(
                    event(next, ReplyKind.RESTARTED).setAttempt(attempt).build(),
                    row.replyPartition());
            next = next.next();
            return this;
        }

        /** The end is stored, and then told. */
        public TurnRow complete() {
            var stored = store();
            new PublishedAnnouncements(publisher, turns).announce(stored).block(PATIENCE);
            return stored;
        }

        /** The end is stored, and the worker dies before it tells anybody. */
        public TurnRow store() {
            var attempts =
                    """
                    [{"number": %d, "provider": "openai", "model": "echo", "result": "answered", "firstTokenMillis": 3,
                      "tookMillis": 9}]
                    """
                            .formatted(attempt);
            return finish(
                    new Finish.Completed(
                            run,
                            new TurnRow.StoredReply(
                                    text.toString(),
                                    "stop",
                                    "openai",
                                    "echo",
                                    null,
                                    12,
                                    7,
                                    null,
                                    null,
                                    false),
                            trail(attempts),
                            false,
                            row.acceptedAt().plusMillis(5),
                            next.epoch(),
                            restarted,
                            chunkEnds));
        }

        public TurnRow fail(FailureCode code) {
            var failed =
                    finish(
                            new Finish.RunFailed(
                                    run,
                                    code,
                                    trail("[]"),
                                    next.epoch(),
                                    restarted,
                                    chunkEnds.size()));
            new PublishedAnnouncements(publisher, turns).announce(failed).block(PATIENCE);
            return failed;
        }

        private TurnRow.Trail trail(String attempts) {
            return new TurnRow.Trail(
                    "0".repeat(64), attempts, null, CalledTool.write(calls), List.of());
        }

        private TurnRow finish(Finish finish) {
            var verdict = turns.finish(row.turnId(), finish).block(PATIENCE);
            if (verdict instanceof FinishVerdict.Ended ended) {
                return ended.row();
            }
            throw new AssertionError("expected an end: " + verdict);
        }

        private ReplyEvent.Builder event(ReplyPosition position, ReplyKind kind) {
            return ReplyEvent.newBuilder()
                    .setTurnId(row.turnId().toString())
                    .setEpoch(position.epoch())
                    .setSequence(position.sequence())
                    .setKind(kind);
        }
    }
}
