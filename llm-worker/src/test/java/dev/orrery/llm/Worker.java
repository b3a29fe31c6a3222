package dev.orrery.llm;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.cancellations.CancelledTurns;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.deltas.Pace;
import dev.orrery.llm.deltas.ReplyWriters;
import dev.orrery.llm.leases.LeaseRelease;
import dev.orrery.llm.leases.LeaseRenewal;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.run.Detached;
import dev.orrery.llm.run.Endings;
import dev.orrery.llm.run.RunIds;
import dev.orrery.llm.run.Runs;
import dev.orrery.llm.safety.Safety;
import dev.orrery.llm.time.Ticker;
import dev.orrery.llm.tools.BuiltInTools;
import dev.orrery.llm.tools.Dialogue;
import dev.orrery.llm.tools.ToolFailure;
import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.KafkaRecordSource;
import dev.orrery.pipeline.policy.Policies;
import dev.orrery.pipeline.publish.KafkaDeadLetters;
import dev.orrery.pipeline.publish.KafkaPublisher;
import dev.orrery.pipeline.publish.KafkaWriter;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.stage.StageRunner;
import dev.orrery.pipeline.stage.StageSettings;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.tuning.LiveSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import dev.orrery.pipeline.turn.PublishedAnnouncements;
import dev.orrery.pipeline.turn.RowGiveUp;
import dev.orrery.pipeline.turn.TurnRows;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** One llm worker with one model for every provider, put together as the app does it. */
final class Worker implements AutoCloseable {

    /** So that a busy machine takes nobody's turn away. */
    static final Duration LONG_LEASE = Duration.ofSeconds(10);

    /** So that a test need not wait long for a dead worker's turn. */
    static final Duration SHORT_LEASE = Duration.ofSeconds(1);

    private static final Duration RECORDS_DRAIN = Duration.ofMillis(200);
    private static final Duration ANSWERS_DRAIN = Duration.ofSeconds(15);

    private final Lifeline lifeline = new Lifeline();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveRuns live = new LiveRuns(meters);
    private final KafkaWriter writer;
    private final LeaseRenewal renewal;
    private final CancelledTurns cancelled;
    private final LeaseRelease release;
    private final Detached detached = new Detached();
    private final StageRunner<PromptRendered> stage;

    private Worker(
            RealServers servers,
            Topic<PromptRendered> input,
            String group,
            Duration lease,
            ChatModel model) {
        var ticker = Ticker.system();
        var clock = Clock.systemUTC();
        writer = servers.writer("llm");
        var publisher = lifeline.around(new KafkaPublisher(writer, "llm-worker", clock));
        var rows = new TurnRows(servers.database().asWorker(), lease);
        var turns = lifeline.around(rows);
        var announcements = new PublishedAnnouncements(publisher, turns);
        renewal = new LeaseRenewal(live, turns, lease, ticker);
        cancelled = new CancelledTurns(servers.tail(), live);
        release =
                new LeaseRelease(
                        live,
                        lifeline.around(
                                new TurnRows(servers.database().asWorker(), Duration.ofMillis(1))));
        var chain =
                new FallbackChain(provider -> Optional.of(model), 200_000, ticker, clock, meters);
        var runs =
                new Runs(
                        chain,
                        new Safety(provider -> Optional.empty(), Spans.OFF, meters, clock, ticker),
                        new Dialogue(
                                new BuiltInTools(
                                        clock,
                                        errand ->
                                                Mono.error(
                                                        new ToolFailure(
                                                                ToolFailure.Reason.UNAVAILABLE,
                                                                "nobody"))),
                                List.of(),
                                200_000,
                                clock,
                                ticker),
                        new ReplyWriters(publisher, Pace.defaults(), live::count, ticker),
                        live,
                        renewal,
                        new Endings(turns, clock, meters),
                        clock,
                        ticker);
        var flow =
                new LlmFlow(
                        turns,
                        new RunIds(UUID.randomUUID()),
                        runs,
                        detached,
                        announcements,
                        ticker);
        var definition =
                Stage.named(group)
                        .reading(input)
                        .writing(Topics.CHAT_REPLIES, Topics.CHAT_OUTCOMES)
                        .handledBy(flow::handle);
        stage =
                new StageRunner<>(
                        definition,
                        new KafkaRecordSource(
                                new GroupSettings(
                                        RealServers.client(), GroupProtocol.CLASSIC, null),
                                group,
                                input.name(),
                                meters),
                        servers.decoder(),
                        publisher,
                        new Policies(
                                meters,
                                clock,
                                new RowGiveUp(turns, announcements),
                                new KafkaDeadLetters(writer)),
                        new LiveSettings(WorkerSettings.configured(200)),
                        new StageSettings(200, 10_000, RECORDS_DRAIN, Duration.ofSeconds(60)),
                        meters);
    }

    static Worker start(
            RealServers servers,
            Topic<PromptRendered> input,
            String group,
            Duration lease,
            ChatModel model) {
        var worker = new Worker(servers, input, group, lease, model);
        worker.renewal.start();
        worker.cancelled.start();
        worker.stage.start();
        return worker;
    }

    Lifeline lifeline() {
        return lifeline;
    }

    /** Lets go of all records at once; answers in flight go on. */
    void letGoOfRecords() {
        stage.stop();
    }

    int runsAlive() {
        return live.count();
    }

    /** Stops as a deployment stops it. */
    void stop() {
        stopWithin(ANSWERS_DRAIN);
    }

    /**
     * @param drain time that answers in flight have
     */
    void stopWithin(Duration drain) {
        stage.stop();
        new RunsLifecycle(renewal, cancelled, detached, release, drain).stop();
        writer.close();
    }

    /** Ends without another word; its connections to providers break. */
    void kill() {
        lifeline.cut();
        renewal.stop();
        cancelled.stop();
        release.giveUpAll(); // breaks the calls off; the line is cut, so no lease is given up
        stage.stop();
        writer.close();
    }

    @Override
    public void close() {
        kill();
    }
}
