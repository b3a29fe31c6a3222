package dev.orrery.llm;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.PromptRendered;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.deltas.Pace;
import dev.orrery.llm.deltas.ReplyWriters;
import dev.orrery.llm.leases.LeaseRenewal;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.run.Detached;
import dev.orrery.llm.run.Endings;
import dev.orrery.llm.run.RunIds;
import dev.orrery.llm.run.Runs;
import dev.orrery.llm.safety.Safety;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import dev.orrery.llm.tools.Dialogue;
import dev.orrery.llm.tools.ScriptedTools;
import dev.orrery.llm.tools.ToolMeters;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.turn.PublishedAnnouncements;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The flow over rows in memory and a scripted model; no real time passes. */
abstract class LlmFlowBench {

    static final UUID TURN = Examples.TURN;

    final ManualTime time = new ManualTime();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    final TurnBook turns = new TurnBook(time.clock());

    final RecordingPublisher publisher = new RecordingPublisher();

    final LiveRuns live = new LiveRuns(meters);

    final LeaseRenewal renewal = new LeaseRenewal(live, turns, TurnBook.LEASE, time.ticker());

    ScriptedModel model = model(Script.answer("Good ", "day.").usage(30, 4));

    final ScriptedTools tools = new ScriptedTools(time.ticker());

    @BeforeEach
    void begin() {
        turns.add(Examples.openTurn(TURN));
        renewal.start();
    }

    @AfterEach
    void end() {
        renewal.stop();
    }

    static Script slow() {
        return Script.nothing()
                .text("Good")
                .pause(Duration.ofSeconds(3))
                .text(" day.")
                .finish(FinishReason.STOP);
    }

    ScriptedModel model(Script... scripts) {
        return new ScriptedModel(time.ticker(), scripts);
    }

    CompletableFuture<@Nullable Void> handle() {
        return flow().handle(prompt()).flatMap(publisher::publish).then().toFuture();
    }

    static Event<PromptRendered> prompt() {
        return Examples.prompt(Examples.openTurn(TURN), Examples.attempt("openai", "gpt"));
    }

    LlmFlow flow() {
        var ticker = time.ticker();
        var chain =
                new FallbackChain(
                        provider -> Optional.of(model), 1_000, ticker, time.clock(), meters);
        var runs =
                new Runs(
                        chain,
                        new Safety(
                                provider -> Optional.empty(),
                                Spans.OFF,
                                meters,
                                time.clock(),
                                ticker),
                        new Dialogue(
                                tools,
                                List.of(new ToolMeters(meters)),
                                2_000,
                                time.clock(),
                                ticker),
                        new ReplyWriters(publisher, Pace.defaults(), live::count, ticker),
                        live,
                        renewal,
                        new Endings(turns, time.clock(), meters),
                        time.clock(),
                        ticker);
        return new LlmFlow(
                turns,
                new RunIds(UUID.randomUUID()),
                runs,
                new Detached(),
                new PublishedAnnouncements(publisher, turns),
                ticker);
    }

    static UUID id(Event<?> event) {
        return event.context().id();
    }

    ChatOutcome outcome() {
        return publisher.published().stream()
                .map(Event::value)
                .filter(ChatOutcome.class::isInstance)
                .map(ChatOutcome.class::cast)
                .findFirst()
                .orElseThrow();
    }

    List<String> replies() {
        return publisher.replies().stream().map(Replies::line).toList();
    }
}
