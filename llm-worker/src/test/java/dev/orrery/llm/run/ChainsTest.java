package dev.orrery.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.llm.Examples;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.chain.Refusals;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.pipeline.prompt.Messages;
import dev.orrery.pipeline.stage.StageFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void readsEverythingFromThePrompt() {
        // given
        var attempt =
                PlannedAttempt.newBuilder(Examples.attempt("groq", "llama"))
                        .setRegion("eu")
                        .setRetry(2)
                        .setConnectMillis(1)
                        .setFirstTokenMillis(2)
                        .setStallMillis(3)
                        .setTotalMillis(4)
                        .build();
        var prompt =
                PromptRendered.newBuilder(prompt(attempt))
                        .setMessages(
                                List.of(
                                        Messages.user("Hi"),
                                        Messages.assistant("Hello."),
                                        Messages.user("Well?")))
                        .setTemperature(0.5)
                        .setTopP(0.9)
                        .setTopK(40)
                        .build();

        // when
        var request = Chains.of(prompt, null, 101, PATIENCE);

        // then
        assertThat(request.steps())
                .containsExactly(
                        new Step(
                                "groq",
                                "llama",
                                "eu",
                                2,
                                new Limits(millis(1), millis(2), millis(3), millis(4))));
        assertThat(request.conversation().systemInstruction()).isEqualTo("You are Mira.");
        assertThat(request.conversation().messages())
                .containsExactly(
                        new Message(Role.USER, "Hi"),
                        new Message(Role.ASSISTANT, "Hello."),
                        new Message(Role.USER, "Well?"));
        assertThat(request.conversation().temperature()).isEqualTo(0.5);
        assertThat(request.conversation().topP()).isEqualTo(0.9);
        assertThat(request.conversation().topK()).isEqualTo(40);
        assertThat(request.conversation().maxOutputTokens()).isEqualTo(200);
        assertThat(request.firstNumber()).isEqualTo(101);
        assertThat(request.patience()).isEqualTo(PATIENCE);
        assertThat(request.correlation()).isEqualTo(Examples.TURN.toString());
        assertThat(request.origin()).isEqualTo(new Origin(null, prompt.getTurn(), "abc123"));
    }

    @Test
    void readsWhatMayNotBeAskedAndWhetherASlowCallGetsARival() {
        // given
        var abroad =
                PlannedAttempt.newBuilder(Examples.attempt("bedrock", "nova"))
                        .setSkip("region_not_allowed")
                        .build();
        var prompt =
                PromptRendered.newBuilder(prompt(abroad, Examples.attempt("groq", "llama")))
                        .setHedge(true)
                        .build();

        // when
        var request = Chains.of(prompt, null, 1, PATIENCE);

        // then
        assertThat(request.steps())
                .extracting(Step::barred)
                .containsExactly("region_not_allowed", null);
        assertThat(request.conduct()).isEqualTo(new Conduct(Refusals.DEFAULT, true, false));
    }

    @Test
    void readsWhereAPrimaryIsToBeAsked() {
        // given
        var elsewhere =
                PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                        .setApiEndpoint("https://models.example/v1")
                        .build();

        // when
        var request =
                Chains.of(prompt(elsewhere, Examples.attempt("openai", "gpt")), null, 1, PATIENCE);

        // then
        assertThat(request.steps())
                .extracting(Step::provider)
                .containsExactly("openai@https://models.example/v1", "openai");
        assertThat(request.steps()).extracting(Step::barred).containsOnlyNulls();
    }

    @Test
    void passesAPrimaryOverWhoseEndpointIsNoAddress() {
        // given
        var nowhere =
                PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                        .setApiEndpoint("https://models.example/{v1}")
                        .build();

        // when
        var request = Chains.of(prompt(nowhere), null, 1, PATIENCE);

        // then
        assertThat(request.steps())
                .extracting(Step::provider, Step::barred)
                .containsExactly(tuple("openai", "endpoint_refused"));
    }

    @Test
    void readsWhatFollowsARefusal() {
        // given
        var strict =
                PromptRendered.newBuilder(prompt(Examples.attempt("groq", "llama")))
                        .setContentFilteredIsFinal(true)
                        .build();

        // when
        var request = Chains.of(strict, null, 1, PATIENCE);

        // then
        assertThat(request.conduct().refusals())
                .isEqualTo(new Refusals(Refusals.Then.FINAL, Refusals.Then.NEXT_ATTEMPT));
    }

    @Test
    void failsForGoodOnARoleThatDoesNotExist() {
        // given
        var prompt =
                PromptRendered.newBuilder(prompt())
                        .setMessages(List.of(Messages.by("wizard", "Hi")))
                        .build();

        // when / then
        assertThatThrownBy(() -> Chains.of(prompt, null, 1, PATIENCE))
                .isInstanceOf(StageFailure.Permanent.class)
                .hasMessageContaining("role: wizard (expected: user, assistant or tool)");
    }

    @Test
    void failsForGoodOnALimitThatIsNone() {
        // given
        var attempt =
                PlannedAttempt.newBuilder(Examples.attempt("groq", "llama"))
                        .setStallMillis(0)
                        .build();
        var prompt = prompt(attempt);

        // when / then
        assertThatThrownBy(() -> Chains.of(prompt, null, 1, PATIENCE))
                .isInstanceOf(StageFailure.Permanent.class);
    }

    private static PromptRendered prompt(PlannedAttempt... attempts) {
        return Examples.prompt(Examples.openTurn(Examples.TURN), attempts).value();
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }
}
