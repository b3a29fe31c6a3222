package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.CancelRequested;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.TurnRef;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.TurnRows;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Several workers on real PostgreSQL and Kafka: killed, paused, restarted and told to stop. One
 * answer is stored for a turn, a stored answer is not bought again, and a live one is not
 * abandoned.
 */
@Execution(ExecutionMode.CONCURRENT) // beside other classes,
@ResourceLock("several workers") // and one case after the other
class RunsOnRealServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ENDLESS_LEASE = Duration.ofMinutes(10);

    /** Patient: what is late here is a busy machine. */
    private static final PlannedAttempt ATTEMPT =
            PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                    .setFirstTokenMillis(60_000)
                    .setStallMillis(60_000)
                    .build();

    private static final Script QUICK = Script.answer("Good day.").usage(30, 3);

    private static RealServers servers;

    private final List<Worker> workers = new ArrayList<>();

    @BeforeAll
    static void begin() throws SQLException {
        servers = new RealServers();
    }

    @AfterEach
    void endWorkers() {
        workers.forEach(Worker::close);
    }

    @AfterAll
    static void end() throws SQLException {
        servers.close();
    }

    @Test
    void tellsAStoredAnswerAgainAfterAKillBeforeItWasTold() throws SQLException {
        // given
        var input = servers.promptTopic("stored");
        var turn = servers.accept();
        var model = scripted(QUICK);
        var first = worker(input, "stored", Worker.LONG_LEASE, model);
        first.lifeline().cutBefore(RunsOnRealServersTest::isAnEnd);
        servers.publish(input, turn, ATTEMPT);
        await().atMost(PATIENCE).until(() -> column("state", turn).equals("completed"));
        first.kill();

        // when
        worker(input, "stored", Worker.LONG_LEASE, model);

        // then
        servers.awaitEnd(turn);
        assertThat(model.prompts()).hasSize(1);
        assertThat(servers.replies(turn)).contains("1/1 COMPLETED Good day.");
        assertThat(servers.outcomes(turn))
                .extracting(ChatOutcome::getText)
                .containsOnly("Good day.");
    }

    @Test
    void paysForOneAnswerWhenTwoWorkersHaveTheTurn() throws SQLException {
        // given
        var input = servers.promptTopic("twice");
        var turn = servers.accept();
        var model =
                scripted(
                        Script.nothing()
                                .text("Good")
                                .pause(Duration.ofMillis(500))
                                .text(" day.")
                                .finish(FinishReason.STOP));
        worker(input, "twice", Worker.LONG_LEASE, model);
        worker(input, "twicetoo", Worker.LONG_LEASE, model);

        // when
        servers.publish(input, turn, ATTEMPT);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(servers.outcomes(turn)).hasSize(2)); // one a group
        assertThat(model.prompts()).hasSize(1);
        assertThat(servers.replies(turn).stream().distinct())
                .containsExactlyInAnyOrder(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Good",
                        "1/1 DELTA  day.",
                        "1/2 COMPLETED Good day.");
    }

    @Test
    void continuesInHigherEpochsWhenAWorkerWasKilledInTheMiddleOfAnAnswer() throws SQLException {
        // given
        var input = servers.promptTopic("killed");
        var turn = servers.accept();
        var broken = scripted(Script.nothing().text("Good mor").silence());
        var first = worker(input, "killed", Worker.SHORT_LEASE, broken);
        servers.publish(input, turn, ATTEMPT);
        await().atMost(PATIENCE).until(() -> servers.replies(turn).contains("1/0 DELTA Good mor"));
        first.kill();

        // when
        worker(input, "killed", Worker.SHORT_LEASE, scripted(QUICK));

        // then
        servers.awaitEnd(turn);
        assertThat(servers.replies(turn).stream().distinct())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Good mor",
                        "101/0 RESTARTED 101",
                        "101/1 DELTA Good day.",
                        "101/2 COMPLETED Good day.");
        assertThat(column("final_epoch", turn)).isEqualTo("101");
    }

    @Test
    void refusesTheEndOfAZombie() throws SQLException {
        // given
        var input = servers.promptTopic("zombie");
        var turn = servers.accept();
        var late = Sinks.many().unicast().<ModelChunk>onBackpressureBuffer();
        var zombie = worker(input, "zombie", Worker.SHORT_LEASE, prompt -> late.asFlux());
        servers.publish(input, turn, ATTEMPT);
        late.tryEmitNext(new ModelChunk.TextDelta("I am"));
        await().atMost(PATIENCE).until(() -> servers.replies(turn).contains("1/0 DELTA I am"));
        zombie.lifeline().cutRenewals();
        zombie.letGoOfRecords();
        worker(input, "zombie", Worker.SHORT_LEASE, scripted(QUICK));
        servers.awaitEnd(turn);

        // when
        late.tryEmitNext(new ModelChunk.TextDelta(" late."));
        late.tryEmitNext(new ModelChunk.Finished(FinishReason.STOP));
        late.tryEmitComplete();

        // then
        await().atMost(PATIENCE).until(() -> zombie.runsAlive() == 0);
        assertThat(column("reply_text", turn)).isEqualTo("Good day.");
        assertThat(column("run_number", turn)).isEqualTo("2");
        assertThat(servers.replies(turn).stream().filter(Replies::isTerminal).distinct())
                .containsExactly("101/2 COMPLETED Good day.");
    }

    @Test
    void stopsTheCallOfACancelledTurnInWhicheverWorkerItIs() throws SQLException {
        // given
        var input = servers.promptTopic("cancelled");
        var turn = servers.accept();
        var model = scripted(Script.nothing().text("Once upon a time").silence());
        worker(input, "cancelled", Worker.LONG_LEASE, model);
        worker(input, "cancelled", Worker.LONG_LEASE, model);
        servers.publish(input, turn, ATTEMPT);
        await().atMost(PATIENCE).until(() -> !column("delivered_output", turn).equals("0"));
        new TurnRows(servers.database().asWorker(), Worker.LONG_LEASE)
                .finish(UUID.fromString(turn.getTurnId()), new Finish.Cancelled())
                .block(PATIENCE);

        // when
        servers.publish(cancelled(turn));

        // then
        await().atMost(PATIENCE).until(() -> model.cancelled() == 1);
        servers.awaitEnd(turn);
        assertThat(servers.replies(turn)).last().isEqualTo("101/0 FAILED cancelled");
        assertThat(servers.outcomes(turn))
                .extracting(ChatOutcome::getState)
                .containsOnly(OutcomeState.CANCELLED);
        assertThat(column("charge_micros", turn)).isEqualTo("5000000"); // text was delivered
    }

    @Test
    void tellsAFailureForNothingWhenNobodyAnswers() throws SQLException {
        // given
        var input = servers.promptTopic("failed");
        var turn = servers.accept();
        worker(input, "failed", Worker.LONG_LEASE, scripted(Script.nothing().text("Good")));

        // when
        servers.publish(input, turn, ATTEMPT);

        // then
        servers.awaitEnd(turn);
        assertThat(servers.replies(turn)).last().isEqualTo("1/1 FAILED all_providers_failed");
        assertThat(column("charge_micros", turn)).isEqualTo("0");
        assertThat(column("attempts -> 0 ->> 'result'", turn)).isEqualTo("truncated_stream");
    }

    @Test
    void givesUpItsLeaseWhenAnAnswerOutlastsTheStop() throws SQLException {
        // given
        var input = servers.promptTopic("outlasts");
        var turn = servers.accept();
        var endless = scripted(Script.nothing().text("Good mor").silence());
        var first = worker(input, "outlasts", ENDLESS_LEASE, endless);
        servers.publish(input, turn, ATTEMPT);
        await().atMost(PATIENCE).until(() -> servers.replies(turn).contains("1/0 DELTA Good mor"));

        // when
        first.stopWithin(Duration.ZERO);

        // then
        worker(input, "outlasts", ENDLESS_LEASE, scripted(QUICK));
        servers.awaitEnd(turn);
        assertThat(column("reply_text", turn)).isEqualTo("Good day.");
        assertThat(endless.cancelled()).isEqualTo(1);
    }

    @Test
    void abandonsNoLiveAnswerInARollingRestartUnderLoad() throws SQLException {
        // given
        var input = servers.promptTopic("rolling");
        var turns = new ArrayList<TurnRef>();
        for (int i = 0; i < 100; i++) {
            turns.add(servers.accept());
        }
        var model =
                scripted(
                        Script.nothing()
                                .text("Good")
                                .pause(Duration.ofMillis(900))
                                .text(" day.")
                                .pause(Duration.ofMillis(600))
                                .text(" Bye.")
                                .finish(FinishReason.STOP));
        worker(input, "rolling", Worker.LONG_LEASE, model);
        worker(input, "rolling", Worker.LONG_LEASE, model);
        var sending =
                Flux.fromIterable(turns)
                        .delayElements(Duration.ofMillis(40))
                        .concatMap(turn -> servers.publishing(input, turn, ATTEMPT))
                        .then()
                        .toFuture();

        // when
        for (var leaving : List.copyOf(workers)) {
            await().atMost(PATIENCE).until(() -> leaving.runsAlive() > 0);
            leaving.stop();
            worker(input, "rolling", Worker.LONG_LEASE, model);
        }

        // then
        sending.join();
        turns.forEach(servers::awaitEnd);
        for (var turn : turns) {
            var lines = servers.replies(turn);
            assertThat(lines).noneMatch(line -> line.contains("RESTARTED"));
            assertThat(lines.stream().filter(Replies::isTerminal).distinct())
                    .singleElement()
                    .asString()
                    .endsWith(" COMPLETED Good day. Bye.");
        }
        assertThat(model.prompts()).hasSize(turns.size());
        assertThat(model.cancelled()).isZero();
    }

    private Worker worker(
            Topic<PromptRendered> input, String group, Duration lease, ChatModel model) {
        var worker = Worker.start(servers, input, group, lease, model);
        workers.add(worker);
        return worker;
    }

    private static ScriptedModel scripted(Script script) {
        return new ScriptedModel(Ticker.system(), script);
    }

    private static boolean isAnEnd(Event<?> event) {
        return event.value() instanceof ChatOutcome
                || event.value() instanceof ReplyEvent reply
                        && reply.getKind() == ReplyKind.COMPLETED;
    }

    private static String column(String name, TurnRef turn) throws SQLException {
        return servers.database().column(name, turn);
    }

    private static Event<CancelRequested> cancelled(TurnRef turn) {
        var id = turn.getTurnId();
        var context =
                new EventContext(UUID.randomUUID(), "test", Instant.now(), id, null, null, null);
        return new Event<>(
                Topics.CHAT_CANCELLATIONS,
                id,
                null,
                new CancelRequested(id, Instant.now()),
                context);
    }
}
