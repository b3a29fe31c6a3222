package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the steps of a chain are asked. */
class RegionsTest {

    private static final FallbackRules RULES =
            new FallbackRules(
                    List.of(new FallbackRule("bedrock", "*", List.of(), true)),
                    FallbackSettings.DEFAULT);

    private static List<@Nullable String> regions(ChainWish wish) {
        return RULES.plan(wish).steps().stream()
                .filter(step -> step.provider().equals("bedrock"))
                .<@Nullable String>map(ChainStep::region)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    -            | -  | ap-south-1 us-east-1 eu-west-1
                    -            | IN | ap-south-1 us-east-1 eu-west-1
                    -            | DE | eu-west-1 us-east-1
                    -            | de | eu-west-1 us-east-1
                    -            | US | us-east-1 eu-west-1
                    -            | AQ | ap-south-1 us-east-1 eu-west-1
                    us-east-1    | -  | us-east-1 eu-west-1
                    us-east-1    | IN | us-east-1 eu-west-1
                    eu-central-1 | US | eu-central-1 us-east-1 eu-west-1
                    """)
    void areTheConfigurationsThenTheCountrysThenTheDefaultAndThenTheOthersOnce(
            @Nullable String named, @Nullable String country, String expected) {
        // when
        var regions = regions(ChainWish.of("bedrock", "m", 0).in(RegionWish.all(named, country)));

        // then
        assertThat(regions).containsExactly(expected.split(" "));
    }

    @Test
    void areTriedOnceEachButForTheFirst() {
        // when
        var plan = RULES.plan(ChainWish.of("bedrock", "m", 2).in(RegionWish.all(null, null)));

        // then
        assertThat(plan.steps()).extracting(ChainStep::retry).containsExactly(2, 0, 0, 0);
    }

    @Test
    void areOneAloneWhereNoMoreIsWanted() {
        assertThat(regions(ChainWish.of("bedrock", "m", 0).in(RegionWish.one("eu-west-1"))))
                .containsExactly("eu-west-1");
    }

    @Test
    void areLeftToTheCallWhereThePrimaryNamesNone() {
        assertThat(regions(ChainWish.of("bedrock", "m", 0).in(RegionWish.one(null))))
                .containsExactly((String) null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"eu-west-1, eu-west-1", "-, ap-south-1"})
    void areTheConfigurationsOrTheDefaultForAFallback(@Nullable String named, String expected) {
        // given
        var wish =
                ChainWish.of("openai", "big", 0)
                        .then(List.of(ChainStep.of("bedrock", "m"), ChainStep.of("groq", "m")))
                        .in(RegionWish.one(named))
                        .from("DE");

        // when
        var plan = RULES.plan(wish);

        // then
        assertThat(plan.steps())
                .extracting(ChainStep::region)
                .containsExactly(null, expected, null);
    }

    @Test
    void areNoneForAFallbackWithoutAConfiguration() {
        // given
        var wish = ChainWish.of("openai", "big", 0).then(List.of(ChainStep.of("bedrock", "m")));

        // then
        assertThat(regions(wish)).containsExactly((String) null);
    }

    @Test
    void areWhatAStepSaysOfItself() {
        // given
        var there = new ChainStep("bedrock", "m", "ca-central-1", 0);
        var wish = new ChainWish(there, RegionWish.all("eu-west-1", "US"), List.of(there));

        // then
        assertThat(regions(wish)).containsExactly("ca-central-1", "ca-central-1");
    }

    @Test
    void areNoneForAProviderThatHasNone() {
        // when
        var plan =
                RULES.plan(ChainWish.of("openai", "big", 0).in(RegionWish.all("us-east-1", "US")));

        // then
        assertThat(plan.steps())
                .containsExactly(
                        ChainStep.of("openai", "big"), FallbackSettings.DEFAULT.universal());
    }

    @ParameterizedTest
    @CsvSource({"in", "IND", "''"})
    void knowNoCountryThatIsNone(String code) {
        assertThatThrownBy(
                        () -> new RegionTable("ap-south-1", List.of(), Map.of("r", List.of(code))))
                .hasMessageContaining("(expected: two capital letters, in one region only)");
    }

    @Test
    void serveEveryCountryOnce() {
        assertThatThrownBy(() ->
                        new RegionTable(
                                "a", List.of(), Map.of("a", List.of("IN"), "b", List.of("IN"))))
                .hasMessageContaining("IN (expected: two capital letters, in one region only)");
        assertThatThrownBy(() -> new RegionTable(" ", List.of(), Map.of()))
                .hasMessage("region: blank (expected: a name)");
    }
}
