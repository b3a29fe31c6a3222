package dev.orrery.enrichment.birthchart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.enrichment.SimulatedWorld;
import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Nakshatra;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.ephemeris.Ephemeris;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.call.CallState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the simulated service, which computes real charts and plays real faults. */
class BirthChartSourceTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");
    private static final Duration PATIENCE = SimulatedWorld.PATIENCE;

    private static final ChartCalculator CALCULATOR = new ChartCalculator(Ephemeris.load());

    /** India's independence: midnight in Delhi. */
    private static final Profile INDIA =
            SimulatedWorld.profile(
                    """
                    {"birth": {"date": "1947-08-15", "time": "00:00",
                     "latitude": 28.6139, "longitude": 77.209, "utc_offset": 5.5}}
                    """);

    @RegisterExtension static final SimulatedWorld WORLD = new SimulatedWorld(NOW);

    private BirthChartSource source;

    @BeforeEach
    void open() {
        source = source(WORLD.services().url() + "/astrology/v1", "asha", "secret");
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void turnsTheThreeTablesIntoAChart() {
        // when
        var chart = SimulatedWorld.asked(source, INDIA).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(chart.ascendant()).isEqualTo(Sign.TAURUS);
        assertThat(chart.of(Graha.MOON).degreeInSign()).isEqualTo("3.98");
        assertThat(chart.of(Graha.MOON).nakshatra()).isEqualTo(Nakshatra.PUSHYA);
        assertThat(chart.of(Graha.VENUS).sign()).isEqualTo(Sign.CANCER);
        assertThat(chart.of(Graha.VENUS).house()).isEqualTo(3);
        assertThat(chart.freshUntil()).isAfter(NOW);
        assertThat(source.format(source.enrich(chart, NOW), Format.MARKDOWN))
                .startsWith("\n### Kundli Data\n\n**Ascendant**: Taurus\n");
    }

    @Test
    void asksWithItsAccountForEveryMinuteOfTheBirth() {
        // given
        try (var ours = source(WORLD.services().url() + "/astrology/v1", "ravi", "secret")) {

            // when
            ours.fetch(ours.question(INDIA)).block(PATIENCE);

            // then
            var calls = callsOf("ravi:secret");
            assertThat(calls)
                    .extracting(Call::target)
                    .containsExactlyInAnyOrder("astro_details", "planets", "current_vdasha");
            assertThat(calls)
                    .extracting(call -> call.received().header("accept-language"))
                    .containsOnly("en");
            assertThat(calls)
                    .extracting(call -> call.received().text())
                    .containsOnly(
                            "{\"day\":15,\"month\":8,\"year\":1947,\"hour\":0,\"min\":0,"
                                    + "\"lat\":28.6139,\"lon\":77.2090,\"tzone\":5.50}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "status-500, failing, true",
        "status-503, failing, true",
        "status-429-retry-after-7, rate_limited, false",
        "status-401, refused, false",
        "status-403, refused, false",
        "status-400, refused, false",
        "redirect, refused, false",
        "html, invalid_answer, false",
        "error-first, invalid_answer, false",
        "broken-event-after-0, invalid_answer, false",
        "enormous-event-2000-kib, invalid_answer, false",
        "invalid-utf8, invalid_answer, false",
        "missing-keys, invalid_answer, false",
        "reset, unreachable, true",
        "cut-after-0, unreachable, true"
    })
    void failsAsAWholeWhenOneTableFails(String script, String code, boolean mayPass) {
        // given
        WORLD.services().astrology().scriptTarget("planets", script);
        var question = source.question(INDIA);
        var chart = source.fetch(question).map(source::validate);

        // when
        Runnable fetch = () -> chart.block(PATIENCE);

        // then
        assertThatThrownBy(fetch::run)
                .isInstanceOfSatisfying(
                        SourceFailure.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(code);
                            assertThat(failure.mayPass()).isEqualTo(mayPass);
                        })
                .hasMessageNotContaining("SECRET");
        assertThat(WORLD.services().astrology().calls().count("redirected")).isZero();
    }

    @Test
    void asksNothingUntilTheTimeIsOverThatTheServiceWantedToBeLeftAlone() {
        // given
        WORLD.services().astrology().scriptTarget("planets", "status-429-retry-after-7");
        var chart = source.fetch(source.question(INDIA));
        assertThatThrownBy(() -> chart.block(PATIENCE))
                .isInstanceOf(SourceFailure.RateLimited.class);

        // when
        Runnable again = () -> chart.block(PATIENCE);

        // then
        assertThatThrownBy(again::run).isInstanceOf(SourceFailure.RateLimited.class);
        assertThat(WORLD.services().astrology().calls().count("planets")).isEqualTo(1);
    }

    @Test
    void hangsUpOnAServiceThatIsNotWaitedForAnyMore() {
        // given
        WORLD.services().astrology().script("hang");
        try (var ours = source(WORLD.services().url() + "/astrology/v1", "mira", "secret")) {
            var waiting = ours.fetch(ours.question(INDIA)).onErrorComplete().subscribe(chart -> {});
            await().untilAsserted(() -> assertThat(callsOf("mira:secret")).hasSize(3));

            // when
            waiting.dispose();

            // then
            await().untilAsserted(() ->
                    assertThat(callsOf("mira:secret"))
                            .extracting(Call::state)
                            .containsOnly(CallState.CANCELLED));
        }
    }

    @Test
    void isUnreachableWhereNobodyListens() {
        // given
        try (var nowhere = source("http://127.0.0.1:1/v1", "asha", "secret")) {
            var chart = nowhere.fetch(nowhere.question(INDIA));

            // when
            Runnable fetch = () -> chart.block(PATIENCE);

            // then
            assertThatThrownBy(fetch::run).isInstanceOf(SourceFailure.Unreachable.class);
        }
    }

    @Test
    void computesTheChartWithoutAnAccount() {
        // given
        try (var unconfigured = source(WORLD.services().url() + "/astrology/v1", "nobody", "")) {
            var question = unconfigured.question(INDIA);

            // when
            var answer = requireNonNull(unconfigured.fetch(question).block(PATIENCE));

            // then
            var chart = unconfigured.normalise(unconfigured.validate(answer), question);
            var computed = unconfigured.enrich(chart, NOW);
            assertThat(unconfigured.format(computed, Format.MARKDOWN))
                    .contains(
                            "### Kundli Data",
                            "**Ascendant**: ",
                            "- Moon: ",
                            "**Current Dasha**: ");
            assertThat(callsOf("nobody:")).isEmpty();
        }
    }

    @Test
    void keepsTheTwoProfilesOfAUserApart() {
        // given
        var both =
                SimulatedWorld.profile(
                        """
                        {"birth": {"date": "1947-08-15", "time": "00:00",
                          "latitude": 28.6139, "longitude": 77.209, "utc_offset": 5.5},
                         "second": {"birth": {"date": "1988-01-02", "time": "04:30",
                          "latitude": 59.9127, "longitude": 10.7461, "utc_offset": 1}}}
                        """);
        var second = source.ofSecondProfile();

        // when
        var questions = List.of(source.question(both), second.question(both));

        // then
        assertThat(source.kind()).isEqualTo("birth_chart");
        assertThat(second.kind()).isEqualTo("second_birth_chart");
        assertThat(questions.getFirst()).isEqualTo(source.question(INDIA));
        assertThat(questions.getLast().canonical()).isNotEqualTo(questions.getFirst().canonical());
    }

    @Test
    void agreesWithAServiceThatComputesTheSameSky() {
        // given
        try (var computed = source(WORLD.services().url() + "/astrology/v1", "nobody", "");
                var served = source(WORLD.services().url() + "/astrology/v1", "asha", "secret")) {

            // when
            var here = positions(computed);
            var there = positions(served);

            // then
            assertThat(here).isEqualTo(there);
        }
    }

    /**
     * Signs, houses, lunar mansions and running periods, which a few arc minutes do not change for
     * this birth; the day on which a period ends they may.
     */
    private static String positions(BirthChartSource source) {
        var question = source.question(INDIA);
        var answer = requireNonNull(source.fetch(question).block(PATIENCE));
        var chart = source.normalise(source.validate(answer), question);
        return source.format(source.enrich(chart, NOW), Format.MARKDOWN)
                .replaceAll("\\d+\\.\\d+°", "°")
                .replaceAll("\\*\\*Summary\\*\\*.*", "");
    }

    /** Calls that another test has given up may still arrive; an account of its own tells them. */
    private static List<Call> callsOf(String account) {
        var basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(account.getBytes(StandardCharsets.UTF_8));
        return WORLD.services().astrology().calls().all().stream()
                .filter(call -> basic.equals(call.received().header("authorization")))
                .toList();
    }

    private static BirthChartSource source(String url, String userId, String apiKey) {
        var settings =
                new AstrologySettings(
                        URI.create(url),
                        userId,
                        apiKey,
                        PlainHttp.REFUSED,
                        Duration.ofSeconds(3),
                        Duration.ofDays(30),
                        2,
                        SimulatedWorld.HTTP);
        return new BirthChartSource(settings, CALCULATOR, WORLD.clock(), new SimpleMeterRegistry());
    }
}
