package dev.orrery.prompt.revisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.FallbackRule;
import dev.orrery.pipeline.fallback.FallbackRules;
import dev.orrery.pipeline.fallback.FallbackSettings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChainTest {

    private static final FallbackRules RULES =
            new FallbackRules(
                    List.of(
                            rule("openai", ChainStep.of("groq", "by-rule")),
                            rule("gemini", ChainStep.of("bedrock", "m"))),
                    FallbackSettings.DEFAULT);

    private static FallbackRule rule(String provider, ChainStep step) {
        return new FallbackRule(provider, "*", List.of(step), true);
    }

    private final Locale before = Locale.getDefault();

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    private static List<PlannedAttempt> chain(String metadata) {
        return chain("openai", metadata, "");
    }

    private static List<PlannedAttempt> chain(String provider, String metadata, String country) {
        return Chain.of(provider, "gpt-5-mini", 2, JsonMapper.shared().readTree(metadata))
                .attempts(wish -> RULES.plan(wish).steps(), country);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"fallbacks\": null, \"timeouts\": null}"})
    void isThePrimaryAndWhatTheRulesSayWhenNothingIsSaid(String metadata) {
        assertThat(chain(metadata))
                .containsExactly(
                        PlannedAttempt.newBuilder()
                                .setProvider("openai")
                                .setModel("gpt-5-mini")
                                .setRetry(2)
                                .build(),
                        PlannedAttempt.newBuilder().setProvider("groq").setModel("by-rule").build(),
                        PlannedAttempt.newBuilder()
                                .setProvider("gemini")
                                .setModel("gemini-2.0-flash")
                                .build());
    }

    @Test
    void isThePrimaryAloneWhenItSaysThatNothingFollows() {
        assertThat(chain("{\"fallbacks\": []}"))
                .extracting(PlannedAttempt::getProvider)
                .containsExactly("openai");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"multi_region": true}                               | DE | eu-west-1 us-east-1
                    {"multi_region": true}                               | '' | ap-south-1 us-east-1 eu-west-1
                    {"multi_region": true, "region_name": "us-east-1"}   | DE | us-east-1 eu-west-1
                    {"multi_region": false, "region_name": "us-east-1"}  | DE | us-east-1
                    """)
    void crossesTheRegionsOfItsProviderWhereThatIsWanted(
            String metadata, String country, String regions) {
        // when
        var attempts = chain("bedrock", metadata, country);

        // then
        assertThat(attempts)
                .filteredOn(attempt -> attempt.getProvider().equals("bedrock"))
                .extracting(PlannedAttempt::getRegion)
                .containsExactly(regions.split(" "));
    }

    @Test
    void isThePrimaryAndThenTheFallbacksInTheirOrder() {
        // when
        var attempts =
                chain(
                        """
                        {"region_name": "ap-south-1",
                         "fallbacks": [{"provider": "GEMINI", "model": "Gemini-2.0-Flash"},
                                       {"provider": "bedrock", "model": "m", "region": "eu-west-1", "retry": 5},
                                       {"provider": "GEMINI", "model": "Gemini-2.0-Flash", "region": null}]}
                        """);

        // then
        assertThat(attempts)
                .extracting(
                        PlannedAttempt::getProvider,
                        PlannedAttempt::getModel,
                        PlannedAttempt::getRegion,
                        PlannedAttempt::getRetry)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("openai", "gpt-5-mini", null, 2),
                        org.assertj.core.groups.Tuple.tuple("gemini", "Gemini-2.0-Flash", null, 0),
                        org.assertj.core.groups.Tuple.tuple("bedrock", "m", "eu-west-1", 5),
                        org.assertj.core.groups.Tuple.tuple("gemini", "Gemini-2.0-Flash", null, 0));
    }

    /** FB-6: without metadata, no step is given a region. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    {}                                             | -
                    {"timeouts": {}}                               | ap-south-1
                    {"region_name": "us-east-1"}                   | us-east-1
                    """)
    void placesTheStepsOfARuleWhereItsMetadataSays(String metadata, @Nullable String region) {
        assertThat(chain("gemini", metadata, "DE").get(1))
                .returns("bedrock", PlannedAttempt::getProvider)
                .returns(region, PlannedAttempt::getRegion);
    }

    @Test
    void keepsStepsOutsideTheAllowedRegionsAndSaysThatTheyAreNotToBeAsked() {
        // when
        var attempts =
                chain(
                        "bedrock",
                        """
                        {"allowed_regions": ["ap-south-1", "eu-west-1"], "region_name": "ap-south-1",
                         "fallbacks": [{"provider": "bedrock", "model": "m", "region": "us-east-1"},
                                       {"provider": "bedrock", "model": "m", "region": "eu-west-1"},
                                       {"provider": "groq", "model": "m"}]}
                        """,
                        "DE");

        // then
        assertThat(attempts)
                .extracting(PlannedAttempt::getSkip)
                .containsExactly(null, "region_not_allowed", null, "region_not_allowed");
    }

    @Test
    void asksThePrimaryAtTheEndpointThatTheRevisionNamesAndNoFallbackThere() {
        // when
        var attempts =
                chain(
                        "bedrock",
                        """
                        {"api_endpoint": "https://models.example/v1", "multi_region": true}
                        """,
                        "DE");

        // then
        assertThat(attempts).hasSizeGreaterThan(2);
        assertThat(attempts.getFirst().getApiEndpoint()).isEqualTo("https://models.example/v1");
        assertThat(attempts.subList(1, attempts.size()))
                .extracting(PlannedAttempt::getApiEndpoint)
                .containsOnlyNulls();
    }

    @Test
    void saysWhetherASlowCallGetsASecondOneBesideIt() {
        assertThat(read("{\"hedge\": true}").hedge()).isTrue();
        assertThat(read("{}").hedge()).isFalse();
    }

    @Test
    void saysWhetherARefusalEndsTheChain() {
        assertThat(read("{}").afterRefusal()).isEqualTo(AfterRefusal.NEXT_ATTEMPT);
        assertThat(read("{\"refusals\": {\"content_filtered\": \"final\"}}").afterRefusal())
                .isEqualTo(new AfterRefusal(true, false));
        assertThat(
                        read("""
                        {"refusals": {"content_filtered": "next_attempt", "context_too_long": "final"}}
                        """)
                                .afterRefusal())
                .isEqualTo(new AfterRefusal(false, true));
    }

    private static Chain read(String metadata) {
        return Chain.of("openai", "m", 0, JsonMapper.shared().readTree(metadata));
    }

    @Test
    void writesProvidersInLowerCaseWhateverTheServerSpeaks() {
        // given
        Locale.setDefault(Locale.of("tr", "TR"));

        // when
        var attempts = chain("{\"fallbacks\": [{\"provider\": \"GEMINI\", \"model\": \"m\"}]}");

        // then
        assertThat(attempts.getLast().getProvider()).isEqualTo("gemini");
    }

    @Test
    void givesEveryAttemptTheTimeOutsOfTheRevision() {
        // when
        var attempts =
                chain(
                        """
                        {"fallbacks": [{"provider": "groq", "model": "m"}],
                         "timeouts": {"connect_ms": 1, "first_token_ms": 2, "stall_ms": 3, "total_ms": 600000}}
                        """);

        // then
        assertThat(attempts)
                .hasSize(2)
                .allSatisfy(attempt -> {
                    assertThat(attempt.getConnectMillis()).isEqualTo(1);
                    assertThat(attempt.getFirstTokenMillis()).isEqualTo(2);
                    assertThat(attempt.getStallMillis()).isEqualTo(3);
                    assertThat(attempt.getTotalMillis()).isEqualTo(600_000);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"fallbacks": {}}                                                     | metadata.fallbacks: OBJECT (expected: an array)
                    {"fallbacks": "openai"}                                               | metadata.fallbacks: STRING (expected: an array)
                    {"fallbacks": ["openai"]}                                             | metadata.fallbacks[0].provider: nothing (expected: a text)
                    {"fallbacks": [{"provider": "groq"}]}                                 | metadata.fallbacks[0].model: nothing (expected: a text)
                    {"fallbacks": [{"provider": 1, "model": "m"}]}                        | metadata.fallbacks[0].provider: NUMBER (expected: a text)
                    {"fallbacks": [{"provider": "", "model": "m"}]}                       | metadata.fallbacks[0].provider: nothing (expected: a text)
                    {"fallbacks": [{"provider": "a", "model": "m", "retry": 6}]}          | metadata.fallbacks[0].retry: 6 (expected: a whole number from 0 to 5)
                    {"fallbacks": [{"provider": "a", "model": "m", "retry": 1.5}]}        | metadata.fallbacks[0].retry: 1.5 (expected: a whole number from 0 to 5)
                    {"fallbacks": [{"provider": "a", "model": "m", "region": 1}]}         | metadata.fallbacks[0].region: NUMBER (expected: a text)
                    {"region_name": []}                                                   | metadata.region_name: ARRAY (expected: a text)
                    {"multi_region": "yes"}                                               | metadata.multi_region: STRING (expected: true or false)
                    {"hedge": "yes"}                                                      | metadata.hedge: STRING (expected: true or false)
                    {"refusals": "final"}                                                 | metadata.refusals: STRING (expected: an object)
                    {"refusals": {"context_too_long": "shrug"}}                           | metadata.refusals.context_too_long: shrug (expected: next_attempt or final)
                    {"allowed_regions": "eu-west-1"}                                      | metadata.allowed_regions: STRING (expected: an array of at most 64 texts)
                    {"allowed_regions": [7]}                                              | metadata.allowed_regions[0]: NUMBER (expected: a text)
                    {"timeouts": 5}                                                       | metadata.timeouts: NUMBER (expected: an object)
                    {"timeouts": {"total_ms": 0}}                                         | metadata.timeouts.total_ms: 0 (expected: a whole number from 1 to 600000)
                    {"timeouts": {"stall_ms": "1s"}}                                      | metadata.timeouts.stall_ms: "1s" (expected: a whole number from 1 to 600000)
                    {"timeouts": {"connect_ms": 99999999999999999999}}                    | metadata.timeouts.connect_ms: 99999999999999999999 (expected: a whole number from 1 to 600000)
                    """)
    void saysWhereARevisionCannotBeUsed(String metadata, String message) {
        assertThatThrownBy(() -> chain(metadata))
                .isInstanceOf(MalformedRevision.class)
                .hasMessage(message);
    }

    @Test
    void isNoLongerThanAnyDeadlineCouldBear() {
        // given
        var step = "{\"provider\": \"groq\", \"model\": \"m\"}";
        var twenty = String.join(",", java.util.Collections.nCopies(20, step));

        // then
        assertThat(chain("{\"fallbacks\": [" + twenty + "]}")).hasSize(21);
        assertThatThrownBy(() -> chain("{\"fallbacks\": [" + twenty + "," + step + "]}"))
                .hasMessage("metadata.fallbacks: 21 (expected: at most 20)");
    }
}
