package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackRulesTest {

    private static final ChainStep UNIVERSAL = ChainStep.of("gemini", "gemini-2.0-flash");
    private static final ChainStep SMALL = ChainStep.of("openai", "small");
    private static final ChainStep OTHER = ChainStep.of("groq", "other");

    private static FallbackRules rules(FallbackRule... rules) {
        return new FallbackRules(List.of(rules), FallbackSettings.DEFAULT);
    }

    private static FallbackRule rule(String provider, String model, ChainStep... steps) {
        return new FallbackRule(provider, model, List.of(steps), true);
    }

    @Test
    void beginWithThePrimaryAndItsRetries() {
        // when
        var plan = rules().plan(ChainWish.of("OpenAI", "Big", 3));

        // then
        assertThat(plan.steps().getFirst()).isEqualTo(new ChainStep("openai", "Big", null, 3));
    }

    @Test
    void preferTheChainOfTheConfigurationToAnyRule() {
        // given
        var rules = rules(rule("openai", "big", SMALL));
        var wish = ChainWish.of("openai", "big", 0).then(List.of(OTHER, OTHER));

        // when
        var plan = rules.plan(wish);

        // then
        assertThat(plan.steps()).containsExactly(ChainStep.of("openai", "big"), OTHER, OTHER);
        assertThat(plan.undefined()).isFalse();
    }

    @Test
    void leaveThePrimaryAloneWhereTheConfigurationSaysThatNothingFollows() {
        // when
        var plan = rules().plan(ChainWish.of("openai", "big", 0).then(List.of()));

        // then
        assertThat(plan.steps()).containsExactly(ChainStep.of("openai", "big"));
        assertThat(plan.undefined()).isFalse();
    }

    @Test
    void preferTheRuleOfTheModelToTheOneOfTheProvider() {
        // given
        var rules = rules(rule("openai", "big", SMALL), rule("openai", "*", OTHER));

        // then
        assertThat(rules.plan(ChainWish.of("openai", "big", 0)).steps())
                .endsWith(SMALL, UNIVERSAL)
                .doesNotContain(OTHER);
        assertThat(rules.plan(ChainWish.of("openai", "bigger", 0)).steps())
                .endsWith(OTHER, UNIVERSAL)
                .doesNotContain(SMALL);
    }

    @Test
    void appendTheUniversalStepOnlyWhereTheRuleSaysSo() {
        // given
        var rules = rules(new FallbackRule("openai", "*", List.of(SMALL), false));

        // when
        var plan = rules.plan(ChainWish.of("openai", "big", 0));

        // then
        assertThat(plan.steps()).containsExactly(ChainStep.of("openai", "big"), SMALL);
    }

    @Test
    void endInTheUniversalStepOfTheSettings() {
        // given
        var settings = new FallbackSettings(OTHER, Map.of());
        var rules = new FallbackRules(List.of(), settings);

        // when
        var plan = rules.plan(ChainWish.of("openai", "big", 0));

        // then
        assertThat(plan.steps()).containsExactly(ChainStep.of("openai", "big"), OTHER);
        assertThat(plan.undefined()).isTrue();
    }

    @Test
    void refuseTwoRulesForTheSameModel() {
        assertThatThrownBy(() -> rules(rule("a", "m", SMALL), rule("a", "m", OTHER)))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void knowNoSuchRetry(int retry) {
        assertThatThrownBy(() -> ChainWish.of("openai", "big", retry))
                .hasMessage("retry: " + retry + " (expected: 0 to 5)");
    }
}
