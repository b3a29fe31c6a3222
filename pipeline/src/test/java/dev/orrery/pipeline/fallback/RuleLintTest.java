package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleLintTest {

    private static final ChainStep UNIVERSAL = ChainStep.of("gemini", "gemini-2.0-flash");
    private static final ChainStep SIBLING = ChainStep.of("openai", "small");
    private static final ChainStep STRANGER = ChainStep.of("groq", "llama");

    private static List<String> warnings(boolean appendUniversal, ChainStep... steps) {
        var rule = new FallbackRule("openai", "big", List.of(steps), appendUniversal);
        return RuleLint.warnings(rule, UNIVERSAL);
    }

    @Test
    void saysNothingOfSiblingsThenStrangersThenTheUniversalStep() {
        assertThat(warnings(true, SIBLING, STRANGER)).isEmpty();
        assertThat(warnings(false, SIBLING, STRANGER, UNIVERSAL)).isEmpty();
        assertThat(warnings(true)).isEmpty();
    }

    @Test
    void warnsOfAStrangerBeforeASibling() {
        assertThat(warnings(true, STRANGER, SIBLING, SIBLING))
                .containsExactly(
                        "groq/llama comes before openai/small (expected: first the models of openai)");
    }

    @Test
    void warnsOfTheUniversalStepBeforeASibling() {
        assertThat(warnings(true, UNIVERSAL, SIBLING))
                .containsExactly(
                        "gemini/gemini-2.0-flash comes before openai/small (expected: first the models of openai)");
    }

    @Test
    void warnsOfTriesAgain() {
        assertThat(warnings(true, new ChainStep("openai", "small", null, 2)))
                .containsExactly(
                        "openai/small is tried again: retry 2 (expected: 0, the next step is the second try)");
    }

    @Test
    void warnsOfAnotherEnd() {
        assertThat(warnings(false, UNIVERSAL, STRANGER))
                .containsExactly("the chain does not end in gemini/gemini-2.0-flash");
    }
}
