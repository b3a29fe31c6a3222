package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The chains of the seeded rules, literally, repeats included: made of the rows that the migration
 * has put into a real database.
 */
class PinnedChainsTest {

    private static final ChainStep G2_0 = ChainStep.of("gemini", "gemini-2.0-flash");
    private static final ChainStep G2_5 = ChainStep.of("gemini", "gemini-2.5-flash");
    private static final ChainStep BP = ChainStep.of("byteplus", "deepseek-v3-1-250821");

    private static FallbackRules rules;
    private static List<FallbackRule> seeded;

    private final Locale before = Locale.getDefault();

    @BeforeAll
    static void read() {
        try (var database = new RuleDatabase("orrery_prompt")) {
            seeded = database.read();
            rules = database.rules();
        }
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    private static List<ChainStep> fallbacks(ChainPlan plan) {
        return plan.steps().subList(1, plan.steps().size());
    }

    private static ChainStep step(String name) {
        return switch (name) {
            case "G2.0" -> G2_0;
            case "G2.5" -> G2_5;
            case "BP" -> BP;
            default -> throw new AssertionError(name);
        };
    }

    @ParameterizedTest(name = "{0}: {1}/{2}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            nullValues = "null",
            textBlock =
                    """
                    FB-P1  | gemini     | gemini-2.5-pro    | G2.5 G2.0 G2.0 | no
                    FB-P2  | GEMINI     | gemini-2.5-flash  | G2.0 G2.0 G2.0 | no
                    FB-P3  | gemini     | gemini-2.0-flash  | G2.0 G2.0 G2.0 | no
                    FB-P4  | gemini     | null              | G2.0 G2.0 G2.0 | no
                    FB-P4  | gemini     | anything-else     | G2.0 G2.0 G2.0 | no
                    FB-P5  | byteplus   | null              | G2.0 G2.0      | no
                    FB-P5  | byteplus   | anything          | G2.0 G2.0      | no
                    FB-P6  | bedrock    | deepseek.v3-v1:0  | BP G2.0 G2.0   | no
                    FB-P7  | bedrock    | anthropic.claude  | G2.0           | no
                    FB-P7  | bedrock    | null              | G2.0           | no
                    FB-P8  | openai     | gpt-4             | G2.0           | yes
                    FB-P8  | anthropic  | claude-sonnet-4-5 | G2.0           | yes
                    FB-P8  | groq       | llama             | G2.0           | yes
                    FB-P8  | ai-sdk     | null              | G2.0           | yes
                    FB-P8  | openrouter | any/model         | G2.0           | yes
                    FB-P9  | ''         | gemini-2.5-pro    | G2.0           | yes
                    FB-P9  | null       | gemini-2.5-pro    | G2.0           | yes
                    FB-P10 | ' gemini'  | gemini-2.5-pro    | G2.0           | yes
                    FB-P11 | gemini     | GEMINI-2.5-PRO    | G2.0 G2.0 G2.0 | no
                    """)
    void areReproducedToTheLetter(
            String id,
            @Nullable String provider,
            @Nullable String model,
            String chain,
            String warning) {
        // when
        var plan = rules.plan(ChainWish.of(provider, model, 0));

        // then
        assertThat(fallbacks(plan))
                .isEqualTo(List.of(chain.split(" ")).stream().map(PinnedChainsTest::step).toList())
                .allSatisfy(step -> assertThat(step.retry()).isZero());
        assertThat(plan.undefined()).isEqualTo(warning.equals("yes"));
    }

    @Test
    void doNotDependOnTheLanguageOfTheServer() {
        // given
        Locale.setDefault(Locale.of("tr", "TR"));

        // when
        var plan = rules.plan(ChainWish.of("GEMINI", "gemini-2.5-pro", 0));

        // then
        assertThat(fallbacks(plan)).containsExactly(G2_5, G2_0, G2_0);
    }

    /** FB-9: the worked example of a provider that is added by rows. */
    @Test
    void areDefinedForMistralByRowsAlone() {
        assertThat(fallbacks(rules.plan(ChainWish.of("mistral", "mistral-large-latest", 0))))
                .containsExactly(ChainStep.of("mistral", "mistral-medium-latest"), G2_0, G2_0);
        assertThat(fallbacks(rules.plan(ChainWish.of("mistral", "codestral", 0))))
                .containsExactly(G2_0, G2_0);
    }

    /** FB-6: a region is given to steps of Bedrock alone, and only where there is metadata. */
    @Test
    void nameNoRegionOutsideOfBedrock() {
        // when
        var plan =
                rules.plan(
                        ChainWish.of("bedrock", "deepseek.v3-v1:0", 0)
                                .in(RegionWish.one("eu-west-1")));

        // then
        assertThat(plan.steps())
                .containsExactly(
                        new ChainStep("bedrock", "deepseek.v3-v1:0", "eu-west-1", 0),
                        BP,
                        G2_0,
                        G2_0);
    }

    /** FB-8. */
    @Test
    void crossTheRegionsOfBedrockWhereThatIsWanted() {
        // when
        var plan = rules.plan(ChainWish.of("bedrock", "m", 0).in(RegionWish.all(null, null)));

        // then
        assertThat(plan.steps())
                .containsExactly(
                        new ChainStep("bedrock", "m", "ap-south-1", 0),
                        new ChainStep("bedrock", "m", "us-east-1", 0),
                        new ChainStep("bedrock", "m", "eu-west-1", 0),
                        G2_0);
    }

    @Test
    void haveNothingThatTheirAuthorsAreAdvisedAgainst() {
        assertThat(seeded)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(RuleLint.warnings(rule, G2_0)).isEmpty());
    }
}
