package dev.orrery.enrichment.factsapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.facts.WordSource;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.profiles.Profiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What the llm-worker gets when a model's tool wants to know something. */
class FactsApiTest extends FactsApiBench {

    @Test
    void tellsTheModelWhatATurnWouldHaveGathered() throws Exception {
        // given
        var gathered =
                server.facts()
                        .gather(
                                List.of(wanted("birth_chart"), wanted("weather")),
                                PROFILE,
                                Instant.now(),
                                PATIENCE)
                        .blockOptional(PATIENCE)
                        .orElseThrow();

        // when
        var chart = json(server.ask("birth_chart", ASHA));

        // then
        assertThat(chart.path("kind").asString()).isEqualTo("birth_chart");
        assertThat(chart.path("state").asString()).isEqualTo("fresh");
        assertThat(chart.path("layer").asString()).isEqualTo("instance");
        assertThat(chart.path("text").asString()).isEqualTo(gathered.getFirst().getText());
        assertThat(chart.path("fetched_at").asString()).isEqualTo(NOW.toString());
        assertThat(chart.path("took_ms").isIntegralNumber()).isTrue();
        var weather = json(server.ask("weather", ASHA));
        assertThat(weather.path("layer").asString()).isEqualTo("instance");
        assertThat(weather.path("text").asString()).isEqualTo(gathered.getLast().getText());
    }

    @Test
    void fillsTheCachesThatTurnsReadFrom() throws Exception {
        // given
        var asked = json(server.ask("exchange_rates", ASHA));

        // when
        var gathered =
                server.facts()
                        .gather(List.of(wanted("exchange_rates")), PROFILE, Instant.now(), PATIENCE)
                        .blockOptional(PATIENCE)
                        .orElseThrow();

        // then
        assertThat(asked.path("layer").asString()).isIn("api", "redis", "instance");
        assertThat(gathered.getFirst().getLayer()).isEqualTo(CacheLayer.INSTANCE);
    }

    @Test
    void tellsTheWeatherOfAPlaceThatTheModelNames() throws Exception {
        // when
        var answer =
                json(
                        server.ask(
                                "weather",
                                about("{\"latitude\": -33.8688, \"longitude\": 151.2093}")));

        // then
        assertThat(answer.path("state").asString()).isEqualTo("fresh");
        assertThat(answer.path("text").asString()).contains("### Weather");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"base\":\"USD\",\"quote\":\"JPY\"}; - 1 USD = ; JPY",
                "{\"base\":\"usd\",\"quotes\":[\"gbp\",\"INR\",\"USD\"]}; - 1 USD = ; GBP",
                "{\"quotes\":[\"CHF\"]}; - 1 INR = ; CHF",
                "{}; - 1 INR = ; EUR"
            })
    void tellsTheRatesThatTheModelWantsToKnow(String arguments, String base, String quote)
            throws Exception {
        // when
        var answer = json(server.ask("exchange_rates", about(arguments)));

        // then
        assertThat(answer.path("state").asString()).isEqualTo("fresh");
        assertThat(answer.path("text").asString()).contains(base.strip()).contains(quote);
    }

    @Test
    void neverTakesTheChartOfOneForThatOfTheOther() throws Exception {
        // given
        var second = ASHA.replace("}", ",\"profile\":\"second\",\"format\":\"json\"}");
        var first = ASHA.replace("}", ",\"profile\":\"first\",\"format\":\"json\"}");

        // when
        var theirs = json(server.ask("birth_chart", second));

        // then
        assertThat(theirs.path("kind").asString()).isEqualTo("second_birth_chart");
        assertThat(theirs.path("text").asString())
                .startsWith("{\"ascendant\":")
                .isNotEqualTo(json(server.ask("birth_chart", first)).path("text").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "birth_chart, no_birth_details",
        "weather, no_place",
        "exchange_rates, no_country",
        "word, no_name"
    })
    void statesWhatTheUserHasNotTold(String kind, String absence) throws Exception {
        // when
        var answer = server.ask(kind, NOBODY);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("state").asString()).isEqualTo("absent");
        assertThat(json(answer).path("layer").asString()).isEqualTo("none");
        assertThat(json(answer).path("absence").asString()).isEqualTo(absence);
        assertThat(json(answer).has("text")).isFalse();
    }

    @Test
    void waitsForNoFactLongerThanItsPatience() throws Exception {
        // given
        var silent = new WordSource("word").answering(Mono.never());
        Profiles named =
                (user, version) ->
                        Mono.just(
                                new Profile(
                                        JsonMapper.shared()
                                                .createObjectNode()
                                                .put("name", "Asha")));

        // when
        try (var impatient =
                new FactsServer(named, CLOCK, Duration.ofMillis(300), List.of(silent))) {
            var answer = json(impatient.ask("word", ASHA));

            // then
            assertThat(answer.path("state").asString()).isEqualTo("absent");
            assertThat(answer.path("absence").asString()).isEqualTo("timed_out");
        }
    }

    private static WantedFact wanted(String kind) {
        return WantedFact.newBuilder().setKind(kind).setFormat("markdown").build();
    }
}
