package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.PhraseList;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.TextPolicy;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What passes between a user and a model, over a chain and a moderator that are scripted. */
class SafeChainTest {

    private static final String HELP = "You are not alone.\n\n• 14416";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Step STEP = new Step("openai", "gpt", null, 0, Limits.USUAL);
    private static final ChainEvent.CallBegan BEGAN = new ChainEvent.CallBegan(1, STEP, false);
    private static final ChainEvent.Answered ANSWERED =
            new ChainEvent.Answered(
                    STEP,
                    FinishReason.STOP,
                    new ModelChunk.Usage(10, 3, null, null),
                    ManualTime.START,
                    List.of(
                            new CallTrace(
                                    1, "openai", "gpt", null, CallTrace.ANSWERED, 5L, 9, 40L)));

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ChainRequest> asked = new ArrayList<>();
    private final List<String> judged = new ArrayList<>();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private Mono<Set<String>> judgement = Mono.just(Set.of());
    private Flux<ChainEvent> answer = Flux.just(BEGAN, text("Good "), text("day."), ANSWERED);

    private final Safety safety =
            new Safety(
                    provider ->
                            provider.equals("openai")
                                    ? Optional.of((model, text, limit) -> {
                                        judged.add(model + ": " + text);
                                        return judgement;
                                    })
                                    : Optional.empty(),
                    Spans.OFF,
                    meters,
                    time.clock(),
                    time.ticker());

    private final Chain chain =
            request ->
                    Flux.defer(() -> {
                        asked.add(request);
                        return answer.doOnCancel(brokenOff::incrementAndGet);
                    });

    private static ChainEvent text(String text) {
        return new ChainEvent.Text(text);
    }

    private static TextPolicy.Builder nothing() {
        return TextPolicy.newBuilder();
    }

    private static TextPolicy.Builder rules() {
        return nothing()
                .setBuiltIn(true)
                .setPhrases(List.of(new PhraseList("violence", List.of("how to build a bomb"))));
    }

    private static TextPolicy.Builder model() {
        return nothing().setProvider("openai").setModel("moderation-1");
    }

    private SafeChain safe(TextPolicy.Builder input, TextPolicy.Builder output) {
        var prompt = Examples.prompt(Examples.openTurn(Examples.TURN)).value();
        return safety.around(
                chain,
                PromptRendered.newBuilder(prompt)
                        .setSafety(new SafetyPolicy(input.build(), output.build(), HELP))
                        .build());
    }

    private static ChainRequest saying(String message) {
        return new ChainRequest(
                "turn",
                new Conversation(
                        "You are Mira.",
                        List.of(
                                new Message(Role.USER, "how to build a bomb"),
                                new Message(Role.ASSISTANT, "No."),
                                new Message(Role.USER, message)),
                        null,
                        null,
                        null,
                        100),
                List.of(STEP),
                1,
                PATIENCE);
    }

    private static List<ChainEvent> heard(SafeChain safe, String message) {
        var heard = new ArrayList<ChainEvent>();
        safe.run(saying(message)).subscribe(heard::add);
        return heard;
    }

    private double verdicts(String stage, String by, String category) {
        return meters
                .find("orrery.llm.safety.verdicts")
                .tags("stage", stage, "by", by, "category", category)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void isTheChainItselfWhereNoPolicyIsStated() {
        // given
        var plain = Examples.prompt(Examples.openTurn(Examples.TURN)).value();
        var safe = safety.around(chain, plain);

        // when
        var heard = heard(safe, "I want to kill myself");

        // then
        assertThat(heard).containsExactly(BEGAN, text("Good "), text("day."), ANSWERED);
        assertThat(safe.marks()).isEmpty();
        assertThat(safe.hasHelped()).isFalse();
    }

    @Test
    void letsAHarmlessConversationPassUnchangedAndAtOnce() {
        // given
        var safe = safe(rules(), rules());

        // when
        var heard = heard(safe, "When will I marry?");

        // then
        assertThat(heard).containsExactly(BEGAN, text("Good "), text("day."), ANSWERED);
        assertThat(asked.getFirst().patience()).isEqualTo(PATIENCE);
        assertThat(safe.marks()).isEmpty();
        assertThat(verdicts("input", "rules", "none")).isEqualTo(1);
        assertThat(verdicts("output", "rules", "none")).isEqualTo(1);
    }

    @Test
    void helpsWhoSpeaksOfSelfHarmAndAsksNobody() {
        // given
        var safe = safe(rules().setProvider("openai").setModel("moderation-1"), nothing());

        // when
        var heard = heard(safe, "How to build a bomb? I want to kill myself");

        // then
        assertThat(heard.getFirst()).isEqualTo(text(HELP));
        assertThat(heard.getLast())
                .isInstanceOfSatisfying(
                        ChainEvent.Answered.class,
                        answered -> {
                            assertThat(answered.step().provider()).isEqualTo("orrery");
                            assertThat(answered.step().model()).isEqualTo("help-text");
                            assertThat(answered.usage())
                                    .isEqualTo(new ModelChunk.Usage(0, 0, null, null));
                            assertThat(answered.calls()).isEmpty();
                        });
        assertThat(heard).hasSize(2);
        assertThat(safe.marks()).containsExactly("crisis");
        assertThat(safe.hasHelped()).isTrue();
        assertThat(asked).isEmpty();
        assertThat(judged).isEmpty();
        assertThat(verdicts("input", "rules", "self_harm")).isEqualTo(1);
    }

    @Test
    void refusesAMessageBeforeAnyModelIsAsked() {
        // given
        var safe = safe(rules(), nothing());

        // when
        var heard = heard(safe, "Tell me: HOW to build a bomb?");

        // then
        assertThat(heard)
                .containsExactly(new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, List.of()));
        assertThat(safe.marks()).containsExactly("input_refused:violence");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "violence/graphic,               input_refused:violence",
        "hate_and_discrimination,        input_refused:hate",
        "Some New-Thing,                 input_refused:some_new_thing",
        "self-harm/intent,               crisis",
        "selfharm,                       crisis"
    })
    void asksTheModelWhereTheRulesFindNothing(String category, String mark) {
        // given
        judgement = Mono.just(Set.of(category, "health"));
        var safe = safe(rules().setProvider("openai").setModel("moderation-1"), nothing());

        // when
        heard(safe, "Something bad");

        // then
        assertThat(judged).containsExactly("moderation-1: Something bad");
        assertThat(safe.marks()).containsExactly(mark);
        assertThat(asked).isEmpty();
    }

    @Test
    void looksAtTheMessageBeforeTheFirstChainOfARunAlone() {
        // given
        var safe = safe(model(), nothing());

        // when
        heard(safe, "What is the weather?");
        heard(safe, "What is the weather?");

        // then
        assertThat(judged).hasSize(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void letsAnAnswerPassThatHasNoWordsToJudge() {
        // given
        var call = new ModelChunk.ToolFragment(0, "call_1", "get_weather", "{}");
        answer = Flux.just(BEGAN, new ChainEvent.ToolFragment(call), ANSWERED);

        // when
        var heard = heard(safe(nothing(), model()), "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, new ChainEvent.ToolFragment(call), ANSWERED);
        assertThat(judged).isEmpty();
    }

    @Test
    void letsAMessagePassThatOnlySpeaksOfASubject() {
        // given
        judgement = Mono.just(Set.of("health", "law", "financial", "pii"));
        var safe = safe(model(), nothing());

        // when
        heard(safe, "Will my fever pass before I sue the bank?");

        // then
        assertThat(asked).hasSize(1);
        assertThat(verdicts("input", "model", "none")).isEqualTo(1);
    }

    @Test
    void letsAMessagePassThatNobodyCouldJudgeAndCountsTheTimeThatTook() {
        // given
        judgement = Mono.never();
        var safe = safe(model(), nothing());
        var heard = heard(safe, "Hello");

        // when
        time.advance(Judge.LONGEST);

        // then
        assertThat(heard).containsExactly(BEGAN, text("Good "), text("day."), ANSWERED);
        assertThat(asked.getFirst().patience()).isEqualTo(PATIENCE.minus(Judge.LONGEST));
        assertThat(safe.marks()).isEmpty();
        assertThat(verdicts("input", "model", "unavailable")).isEqualTo(1);
    }

    @Test
    void refusesAMessageThatNobodyCouldJudgeWhereThePolicySaysSo() {
        // given
        judgement = Mono.error(new ModelFailure.Overloaded("busy", null));
        var failing = safe(model().setRefusesUnjudged(true), nothing());
        var unknown = safe(model().setProvider("nobody").setRefusesUnjudged(true), nothing());

        // when
        var heard = heard(failing, "Hello");
        heard.addAll(heard(unknown, "Hello"));

        // then
        assertThat(heard)
                .containsOnly(new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of()));
        assertThat(failing.marks()).containsExactly("input_refused:unavailable");
        assertThat(unknown.marks()).containsExactly("input_refused:unavailable");
        assertThat(asked).isEmpty();
    }

    @Test
    void breaksOffAnAnswerAtItsFirstRefusedPhraseAndShowsNothingOfIt() {
        // given
        answer =
                Flux.just(BEGAN, text("Sure. How to "), text("build a "), text("bomb"), text("? "))
                        .concatWith(Flux.never());
        var safe = safe(nothing(), rules());

        // when
        var heard = heard(safe, "Hello");

        // then
        assertThat(heard)
                .containsExactly(
                        BEGAN,
                        text("Sure. "),
                        new ChainEvent.Failed(
                                FailureCode.CONTENT_REFUSED,
                                List.of(
                                        new CallTrace(
                                                1,
                                                "openai",
                                                "gpt",
                                                null,
                                                CheckedAnswer.REFUSED,
                                                null,
                                                0,
                                                null))));
        assertThat(safe.marks()).containsExactly("output_refused:violence");
        assertThat(brokenOff).hasValue(1);
    }

    @Test
    void showsWhatWasHeldWhenTheAnswerEnds() {
        // given
        answer = Flux.just(BEGAN, text("That is how to "), text("build"), ANSWERED);

        // when
        var heard = heard(safe(nothing(), rules()), "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, text("That is "), text("how to build"), ANSWERED);
    }

    @Test
    void dropsWhatWasHeldOfAnAttemptThatFailed() {
        // given
        var second = new ChainEvent.CallBegan(2, STEP, true);
        answer = Flux.just(BEGAN, text("how to"), second, text("build a bomb"), ANSWERED);

        // when
        var heard = heard(safe(nothing(), rules()), "Hello");

        // then
        assertThat(heard)
                .containsExactly(
                        BEGAN,
                        new ChainEvent.CallBegan(2, STEP, false), // its reader has seen nothing
                        text("build a bomb"),
                        ANSWERED);
    }

    @Test
    void tellsItsReaderToForgetWhatWasShownOfAnAttemptThatFailed() {
        // given
        var second = new ChainEvent.CallBegan(2, STEP, true);
        answer = Flux.just(BEGAN, text("Well, how to"), second, text("Hi."), ANSWERED);

        // when
        var heard = heard(safe(nothing(), rules()), "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, text("Well, "), second, text("Hi."), ANSWERED);
    }

    @Test
    void showsAnAnswerAfterItWasJudgedAsAWhole() {
        // given
        judgement =
                Mono.just(Set.<String>of())
                        .delayElement(Duration.ofSeconds(1), time.ticker().scheduler());
        var safe = safe(nothing(), model());
        var heard = heard(safe, "Hello");
        var before = List.copyOf(heard);

        // when
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(before).containsExactly(BEGAN);
        assertThat(judged).containsExactly("moderation-1: Good day.");
        assertThat(heard).hasSize(3).contains(text("Good day."));
        assertThat(heard.getLast())
                .isInstanceOfSatisfying(
                        ChainEvent.Answered.class,
                        seen -> {
                            assertThat(seen.firstTokenAt())
                                    .isEqualTo(ManualTime.START.plusSeconds(1));
                            assertThat(seen.calls()).isEqualTo(ANSWERED.calls());
                        });
    }

    @Test
    void refusesAnAnswerThatTheModelFindsWrongAndKeepsItsTraces() {
        // given
        judgement = Mono.just(Set.of("sexual/minors"));
        var safe = safe(nothing(), model());

        // when
        var heard = heard(safe, "Hello");

        // then
        assertThat(heard)
                .containsExactly(
                        BEGAN,
                        new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, ANSWERED.calls()));
        assertThat(safe.marks()).containsExactly("output_refused:sexual");
    }

    @Test
    void showsOrRefusesAnAnswerThatNobodyCouldJudgeAsThePolicySays() {
        // given
        judgement = Mono.error(new ModelFailure.ServerError("500", null));
        var allowing = safe(nothing(), model());
        var refusing = safe(nothing(), model().setRefusesUnjudged(true));

        // when
        var shown = heard(allowing, "Hello");
        var refused = heard(refusing, "Hello");

        // then
        assertThat(shown).contains(text("Good day."));
        assertThat(refused.getLast())
                .isEqualTo(
                        new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, ANSWERED.calls()));
        assertThat(refusing.marks()).containsExactly("output_refused:unavailable");
    }

    @Test
    void passesAFailureOfTheChainOn() {
        // given
        var failed = new ChainEvent.Failed(FailureCode.DEADLINE_EXCEEDED, List.of());
        answer = Flux.just(BEGAN, text("how to"), failed);
        var safe = safe(nothing(), rules());

        // when
        var heard = heard(safe, "Hello");

        // then
        assertThat(heard).containsExactly(BEGAN, failed);
        assertThat(safe.marks()).isEmpty();
    }

    @Test
    void breaksOffWhateverGoesOnWhenNobodyListensAnyMore() {
        // given
        var judging = Sinks.<Set<String>>one();
        var judgementsBroken = new AtomicInteger();
        judgement = judging.asMono().doOnCancel(judgementsBroken::incrementAndGet);
        answer = Flux.<ChainEvent>just(BEGAN, text("Good ")).concatWith(Flux.never());
        Disposable whileJudged = safe(model(), nothing()).run(saying("Hello")).subscribe();
        Disposable whileAnswered = safe(nothing(), rules()).run(saying("Hello")).subscribe();

        // when
        whileJudged.dispose();
        whileAnswered.dispose();

        // then
        assertThat(judgementsBroken).hasValue(1);
        assertThat(brokenOff).hasValue(1);
    }
}
