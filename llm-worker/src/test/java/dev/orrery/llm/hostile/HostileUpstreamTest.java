package dev.orrery.llm.hostile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.hostile.Fault.Ending;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whatever a provider does that stands first in a chain, before a healthy one: the reader gets one
 * complete answer, and the chain knows why. All faults are met at the same time, once each; the
 * tests look at what came of them.
 */
class HostileUpstreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 48;
    private static final int MAX_REPLY_CHARS = 200_000;
    private static final List<Fault> FAULTS = faults();
    private static final Map<Fault, List<ChainEvent>> RUNS = new HashMap<>();

    private static HostileProviders providers;
    private static FallbackChain chain;

    private static List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        for (var dialect : Dialect.values()) {
            faults.addAll(transport(dialect));
        }
        faults.addAll(transport(EventFrames.BEDROCK));
        faults.addAll(LanguageFaults.all());
        faults.addAll(FrameFaults.all());
        return List.copyOf(faults);
    }

    private static List<Fault> transport(Language language) {
        var faults = new ArrayList<>(TransportFaults.of(language, true));
        if (language.hasWhole()) {
            faults.addAll(TransportFaults.of(language, false));
        }
        return faults;
    }

    @BeforeAll
    static void meetThemAll() throws IOException {
        providers = HostileProviders.start(FAULTS);
        chain =
                new FallbackChain(
                        providers.models(),
                        MAX_REPLY_CHARS,
                        Ticker.system(),
                        Clock.systemUTC(),
                        new SimpleMeterRegistry());
        var runs =
                Flux.fromIterable(FAULTS)
                        .flatMap(
                                fault -> run(fault).map(events -> Map.entry(fault, events)),
                                AT_ONCE)
                        .collectList()
                        .block(PATIENCE);
        requireNonNull(runs).forEach(run -> RUNS.put(run.getKey(), run.getValue()));
    }

    @AfterAll
    static void stop() throws IOException {
        providers.close();
    }

    private static Mono<List<ChainEvent>> run(Fault fault) {
        var healthy = step(HostileProviders.HEALTHY, Fault.PATIENT, true);
        return chain.run(request(hostile(fault), healthy)).collectList();
    }

    private static Step hostile(Fault fault) {
        return step(providers.code(fault), fault.patience(), fault.streamed());
    }

    private static ChainRequest request(Step... steps) {
        var question = new Conversation.Message(Conversation.Role.USER, "Will I be famous?");
        var conversation = new Conversation("", List.of(question), null, null, null, 200);
        return new ChainRequest("turn-1", conversation, List.of(steps), 1, PATIENCE);
    }

    private static Step step(String provider, Limits limits, boolean streamed) {
        return new Step(provider, "any", null, 0, limits, streamed, null);
    }

    static Stream<Fault> all() {
        return FAULTS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void leavesTheReaderWithOneCompleteAnswer(Fault fault) {
        // when
        var events = requireNonNull(RUNS.get(fault));

        // then
        var end = (ChainEvent.Answered) events.getLast();
        var results = end.calls().stream().map(CallTrace::result).toList();
        switch (fault.ending()) {
            case Ending.Taken taken -> {
                assertThat(results).as("%s", fault).containsExactly(CallTrace.ANSWERED);
                assertThat(text(events)).isEqualTo(taken.text());
            }
            case Ending.Failed failed -> {
                assertThat(results).as("%s", fault).hasSize(2).last().isEqualTo(CallTrace.ANSWERED);
                assertThat(results.getFirst()).isNotEqualTo(CallTrace.ANSWERED);
                if (fault.patience() == Fault.PATIENT) {
                    assertThat(results.getFirst()).doesNotStartWith("timed_out");
                }
                if (!failed.codes().isEmpty()) {
                    assertThat(results.getFirst()).isIn(failed.codes());
                }
                assertThat(text(events)).isEqualTo(HostileProviders.HEALTHY_TEXT);
            }
        }
    }

    /** What a reader has before him at the end: a call that begins voids what was shown before. */
    private static String text(List<ChainEvent> events) {
        var text = new StringBuilder();
        for (var event : events) {
            switch (event) {
                case ChainEvent.CallBegan began -> {
                    assertThat(began.startsOver()).isEqualTo(!text.isEmpty());
                    text.setLength(0);
                }
                case ChainEvent.Text piece -> text.append(piece.text());
                case ChainEvent.ToolFragment tool ->
                        throw new AssertionError("a tool that nobody has offered: " + tool);
                case ChainEvent.Answered ignored -> {}
                case ChainEvent.Failed failed ->
                        throw new AssertionError(failed.calls().toString());
            }
        }
        return text.toString();
    }

    @Test
    void takesNoUsageThatCannotBeTrue() {
        // when
        var stated =
                RUNS.entrySet().stream()
                        .filter(run -> run.getKey().name().contains("tokens"))
                        .filter(run -> run.getKey().ending() instanceof Ending.Taken)
                        .map(run -> ((ChainEvent.Answered) run.getValue().getLast()).usage())
                        .toList();

        // then
        assertThat(stated).hasSizeGreaterThan(3).containsOnlyNulls();
    }

    @Test
    void takesUsageInTexts() {
        // when
        var usage =
                RUNS.entrySet().stream()
                        .filter(run -> run.getKey().name().equals("numbers as texts"))
                        .map(run -> ((ChainEvent.Answered) run.getValue().getLast()).usage())
                        .findFirst();

        // then
        assertThat(usage).contains(new ModelChunk.Usage(9, 3, null, null));
    }

    /** What nobody has asked for must not be the answer to whoever asks next. */
    @Test
    void givesNobodyTheAnswerToAnother() {
        // given
        var twice =
                FAULTS.stream()
                        .filter(fault -> fault.name().equals("two answers to one question"))
                        .findFirst()
                        .orElseThrow();

        // when
        var next = requireNonNull(run(twice).block(PATIENCE));

        // then
        assertThat(text(next)).isEqualTo(TransportFaults.TEXT);
    }

    @Test
    void isHonestWhereNobodyAnswers() {
        // given
        var failing =
                FAULTS.stream().filter(fault -> fault.ending() instanceof Ending.Failed).toList();

        // when
        var ends =
                Flux.fromIterable(failing.subList(0, 20))
                        .flatMap(fault -> chain.run(request(hostile(fault))).last())
                        .collectList()
                        .block(PATIENCE);

        // then
        assertThat(ends).hasSize(20).allMatch(ChainEvent.Failed.class::isInstance);
    }
}
