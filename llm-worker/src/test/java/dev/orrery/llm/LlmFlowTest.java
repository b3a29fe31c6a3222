package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.TextPolicy;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.prompt.Messages;
import dev.orrery.pipeline.stage.StageFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a turn. */
class LlmFlowTest extends LlmFlowBench {

    @Test
    void streamsTheAnswerStoresItAndTellsBoth() {
        // when
        var handled = handle();
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Good ",
                        "1/1 DELTA day.",
                        "1/2 COMPLETED Good day.");
        assertThat(outcome().getState()).isEqualTo(OutcomeState.COMPLETED);
        assertThat(outcome().getText()).isEqualTo("Good day.");
        assertThat(outcome().getUsage().getOutputTokens()).isEqualTo(4);
        assertThat(outcome().getUsage().getEstimated()).isFalse();
    }

    @Test
    void storesTheAnswerBeforeItTellsTheEnd() {
        // given
        model = model(Script.answer("Good day."));
        publisher.onPublish(event -> {
            if (event.value() instanceof ReplyEvent reply
                    && reply.getKind() == ReplyKind.COMPLETED) {
                assertThat(turns.row(TURN).ending()).isNotNull();
            }
        });

        // when
        var handled = handle();

        // then
        assertThat(handled).isCompleted();
    }

    @Test
    void tellsAStoredAnswerAgainAndBuysNone() {
        // given
        handle();
        time.advance(Duration.ofSeconds(1));
        var first = publisher.published();

        // when
        var again = handle();

        // then
        var repeated = publisher.published().subList(first.size(), publisher.published().size());
        assertThat(again).isCompleted();
        assertThat(model.prompts()).hasSize(1);
        assertThat(repeated)
                .extracting(LlmFlowBench::id)
                .isSubsetOf(first.stream().map(LlmFlowBench::id).toList());
        assertThat(repeated)
                .extracting(event -> event.value().getClass().getSimpleName())
                .containsExactly("ReplyEvent", "ReplyEvent", "ChatOutcome");
    }

    @Test
    void tellsAFailureInFriendlyWordsAndForNothing() {
        // given
        model =
                model(
                        Script.nothing()
                                .text("Good mor")
                                .fail(new ModelFailure.ServerError("500", null)));

        // when
        var handled = handle();

        // then
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Good mor",
                        "1/1 FAILED all_providers_failed");
        assertThat(outcome().getState()).isEqualTo(OutcomeState.FAILED);
        assertThat(outcome().getChargeMicros()).isZero();
        assertThat(outcome().getAttempts())
                .extracting(attempt -> attempt.getResult())
                .containsExactly("server_error");
    }

    @Test
    void storesAnAnswerAgainWhileTheDatabaseIsAway() {
        // given
        model = model(slow());
        var handled = handle();
        turns.failNext(3);

        // when
        time.advance(Duration.ofSeconds(3));

        // then
        await().untilAsserted(() -> {
            time.advance(Duration.ofMillis(1));
            assertThat(handled).isCompleted();
        });
        assertThat(model.prompts()).hasSize(1);
        assertThat(turns.row(TURN).ending()).isNotNull();
    }

    @Test
    void estimatesWhatTheProviderDoesNotSayAndMarksIt() {
        // given
        model = model(Script.answer("Good day."));

        // when
        handle();

        // then
        assertThat(outcome().getUsage().getEstimated()).isTrue();
        assertThat(outcome().getUsage().getOutputTokens()).isEqualTo(3);
        assertThat(outcome().getUsage().getInputTokens()).isPositive();
    }

    @Test
    void endsAtTheDeadlineInWordsOfItsOwn() {
        // given
        model = model(Script.nothing().silence(), Script.nothing().silence());
        var patient =
                PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                        .setFirstTokenMillis(120_000)
                        .setTotalMillis(120_000)
                        .build();
        var handled =
                flow().handle(Examples.prompt(Examples.openTurn(TURN), patient)).then().toFuture();

        // when
        time.advance(Examples.PATIENCE);

        // then
        assertThat(handled).isCompleted();
        assertThat(replies()).last().isEqualTo("1/0 FAILED deadline_exceeded");
    }

    private static Event<PromptRendered> checked(String message) {
        var plain = prompt();
        var rules = TextPolicy.newBuilder().setBuiltIn(true).build();
        var value =
                PromptRendered.newBuilder(plain.value())
                        .setMessages(List.of(Messages.user(message)))
                        .setSafety(new SafetyPolicy(rules, rules, "You are not alone."))
                        .build();
        return new Event<>(plain.topic(), plain.key(), null, value, plain.context());
    }

    @Test
    void helpsWhoSpeaksOfSelfHarmAtOnceAndForNothing() {
        // when
        var handled =
                flow().handle(checked("I want to kill myself"))
                        .flatMap(publisher::publish)
                        .then()
                        .toFuture();

        // then
        assertThat(handled).isCompleted();
        assertThat(model.prompts()).isEmpty();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA You are not alone.",
                        "1/1 COMPLETED You are not alone.");
        assertThat(outcome())
                .returns(OutcomeState.COMPLETED, ChatOutcome::getState)
                .returns(List.of("crisis"), ChatOutcome::getMarks)
                .returns(0L, ChatOutcome::getChargeMicros)
                .returns("orrery", ChatOutcome::getProvider)
                .returns(List.of(), ChatOutcome::getAttempts);
        assertThat(outcome().getUsage().getOutputTokens()).isZero();
    }

    @Test
    void breaksOffAnAnswerThatIsRefusedAndMarksTheTurn() {
        // given
        model =
                model(
                        Script.nothing()
                                .text("Well. You should ", "die. ")
                                .pause(Duration.ofSeconds(1))
                                .text("Really.")
                                .finish(FinishReason.STOP));

        // when
        var handled = flow().handle(checked("Hello")).flatMap(publisher::publish).then().toFuture();

        // then
        assertThat(handled).isCompleted();
        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm", "1/0 DELTA Well. ", "1/1 FAILED content_refused");
        assertThat(outcome())
                .returns(List.of("output_refused:self_harm"), ChatOutcome::getMarks)
                .returns(0L, ChatOutcome::getChargeMicros);
        assertThat(outcome().getAttempts())
                .extracting(attempt -> attempt.getResult())
                .containsExactly("output_refused");
    }

    @Test
    void failsForGoodOnATurnThatIsNotThere() {
        // given
        var unknown = Examples.openTurn(UUID.randomUUID());

        // when
        var handled = flow().handle(Examples.prompt(unknown)).then().toFuture();

        // then
        assertThat(handled).isCompletedExceptionally();
        assertThat(handled.exceptionNow()).isInstanceOf(StageFailure.Permanent.class);
        assertThat(model.prompts()).isEmpty();
    }
}
