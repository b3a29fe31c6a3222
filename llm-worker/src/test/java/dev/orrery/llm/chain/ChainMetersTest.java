package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static dev.orrery.llm.chain.Chains.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often the first attempt of a chain does not do. */
class ChainMetersTest {

    private static final ModelFailure OVERLOADED = new ModelFailure.Overloaded("status 503", null);

    private final RecordedChain chain = new RecordedChain();

    private List<String> counted() {
        return chain.meters.find("orrery.llm.chains").counters().stream()
                .map(counter ->
                        counter.getId().getTag("provider")
                                + " "
                                + counter.getId().getTag("answer")
                                + " "
                                + (int) counter.count())
                .sorted()
                .toList();
    }

    @Test
    void countWhatTheFirstAttemptAnswers() {
        // given
        chain.script("openai", Script.answer("Good day."), Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(counted()).containsExactly("openai first 2");
    }

    @Test
    void countOneChainByItsPrimaryHoweverManyCallsFollow() {
        // given
        chain.script("openai", Script.failure(OVERLOADED), Script.failure(OVERLOADED));
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(request(step("openai", "gpt", 1), SECOND));
        chain.advance(Duration.ofSeconds(3));

        // then
        assertThat(chain.results()).containsExactly("overloaded", "overloaded", "answered");
        assertThat(counted()).containsExactly("openai fallback 1");
    }

    @Test
    void tellAFurtherTryOfTheSameTargetFromAFallback() {
        // given
        chain.script("openai", Script.failure(OVERLOADED), Script.answer("Good day."));

        // when
        chain.run(request(step("openai", "gpt", 1), SECOND));
        chain.advance(Duration.ofSeconds(3));

        // then
        assertThat(counted()).containsExactly("openai retry 1");
    }

    @Test
    void countWhatNobodyAnswers() {
        // given
        chain.script("openai", Script.failure(OVERLOADED));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(counted()).containsExactly("openai none 1");
    }

    /** Whoever asks through the gateway may name what it likes. */
    @Test
    void haveOneTagForAllProvidersThatAreNotThere() {
        // given
        chain.script("groq", Script.answer("Good day."), Script.answer("Good day."));

        // when
        chain.run(request(step("nobody", "m", 0), SECOND));
        chain.run(request(step("nobody-else", "m", 0), SECOND));

        // then
        assertThat(counted()).containsExactly("other fallback 2");
    }

    @Test
    void leaveOutWhatIsCancelled() {
        // given
        chain.script("openai", Script.nothing().pause(Duration.ofSeconds(1)).text("Good day."));
        var run = chain.run(request(PRIMARY));

        // when
        run.dispose();

        // then
        assertThat(counted()).isEmpty();
    }
}
