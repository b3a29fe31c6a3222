package dev.orrery.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.FactState;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.gateway.tokens.ServiceToken;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.simulator.Simulator;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The app as a whole, told nothing but its environment: real broker, registry, PostgreSQL and
 * Redis, and a simulated service.
 */
class EnrichmentWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String GATEWAY_KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";

    private static Simulator simulator;
    private static FactsDatabase database;
    private static ConfigurableApplicationContext app;

    @BeforeAll
    static void start() throws SQLException {
        simulator = Simulator.start(0);
        database = new FactsDatabase();
        app =
                EnrichmentWorker.app()
                        .run(
                                "--server.port=0",
                                "--orrery.kafka.partitions=1",
                                "--orrery.stage.drain=1s",
                                "--KAFKA_BOOTSTRAP_SERVERS="
                                        + SharedServers.kafka().bootstrapServers(),
                                "--SCHEMA_REGISTRY_URL=" + SharedServers.registry().url(),
                                "--DATABASE_URL=" + database.url(),
                                "--REDIS_URL=" + SharedServers.redis().url(),
                                "--ASTROLOGY_BASE_URL=" + simulator.url() + "/astrology/v1",
                                "--ASTROLOGY_USER_ID=simulated",
                                "--ASTROLOGY_API_KEY=simulated",
                                "--WEATHER_BASE_URL=" + simulator.url("weather"),
                                "--EXCHANGE_RATES_BASE_URL=" + simulator.url("exchange-rates"),
                                "--ORRERY_GATEWAY_KEY=" + GATEWAY_KEY,
                                "--CHART_API_USER_ID=600",
                                "--CHART_API_KEY=a-secret");
    }

    @AfterAll
    static void stop() throws SQLException {
        app.close();
        simulator.close();
        database.close();
    }

    @Test
    void turnsARequestIntoAContextWithTheChartOfItsProfile() throws SQLException {
        // given
        var user = born("06:45");
        var request = request(user, Requests.birthChart(true));

        // when
        publish(request);

        // then
        var context = contextOf(request);
        assertThat(context.value().getText()).isEqualTo("Will I be famous?");
        assertThat(context.context().causationId()).isEqualTo(request.context().id());
        var chart = context.value().getFacts().getFirst();
        assertThat(chart.getState()).isEqualTo(FactState.FRESH);
        assertThat(chart.getLayer()).isEqualTo(CacheLayer.API);
        assertThat(chart.getText())
                .startsWith("\n### Kundli Data\n\n**Ascendant**: ")
                .contains("\n- Moon: ");
        assertThat(progressOf(request).getStage()).isEqualTo("enrichment");
    }

    @Test
    void sharesTheChartOfOneBirthBetweenUsersAndAsksAnewForAnEditedOne() throws SQLException {
        // given
        var asha = request(born("07:45"), Requests.birthChart(true));
        publish(asha);
        contextOf(asha);
        simulator.astrology().calls().forget();
        var twin = request(born("07:45"), Requests.birthChart(true));
        var edited = request(born("07:46"), Requests.birthChart(true));

        // when
        publish(twin);

        // then
        assertThat(layerOf(twin)).isEqualTo(CacheLayer.INSTANCE);
        assertThat(simulator.astrology().calls().count()).isZero();
        publish(edited);
        assertThat(layerOf(edited)).isEqualTo(CacheLayer.API);
        assertThat(simulator.astrology().calls().count("planets")).isEqualTo(1);
    }

    @Test
    void gathersEveryKindOfDataThatABotWants() throws SQLException {
        // given
        var user = "user-" + UUID.randomUUID();
        database.profile(
                user,
                1,
                """
                {"country": "IN", "place": {"name": "Pune", "resolved": {"latitude": 18.52, "longitude": 73.86}},
                 "birth": {"date": "1995-08-21", "time": "09:45", "place": "Pune",
                           "resolved": {"latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}},
                 "second": {"birth": {"date": "1988-01-02", "time": "04:30",
                            "latitude": 59.9127, "longitude": 10.7461, "utc_offset": 1}}}
                """);
        var request =
                Requests.of(
                        user,
                        1,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        wanted("birth_chart", "json"),
                        wanted("second_birth_chart", "json"),
                        wanted("weather", "xml"),
                        wanted("exchange_rates", "markdown"));

        // when
        publish(request);

        // then
        var facts = contextOf(request).value().getFacts();
        assertThat(facts)
                .allSatisfy(fact -> assertThat(fact.getState()).isEqualTo(FactState.FRESH));
        assertThat(facts.get(0).getText())
                .startsWith("{\"ascendant\":")
                .isNotEqualTo(facts.get(1).getText());
        assertThat(facts.get(1).getText()).startsWith("{\"ascendant\":");
        assertThat(facts.get(2).getText()).startsWith("<weather observed_at=");
        assertThat(facts.get(3).getText()).contains("### Exchange Rates", "- 1 INR = ");
    }

    @Test
    void servesChartsToThoseWhoShowItsAccount() throws Exception {
        // given
        var url =
                "http://127.0.0.1:"
                        + app.getEnvironment().getRequiredProperty("local.server.port")
                        + "/astrology/v1/planets";
        var birth =
                "{\"day\":15,\"month\":8,\"year\":1947,\"hour\":0,\"min\":0,\"lat\":28.6139,\"lon\":77.209,\"tzone\":5.5}";
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.ofString(birth));

        // when
        try (var client = HttpClient.newHttpClient()) {
            var stranger = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var known =
                    client.send(
                            request.header("x-astrologyapi-key", "a-secret").build(),
                            HttpResponse.BodyHandlers.ofString());

            // then
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(known.body()).startsWith("[{\"id\":0,\"name\":\"Sun\"");
        }
    }

    @Test
    void tellsAServiceTheChartThatATurnHasGathered() throws Exception {
        // given
        var asha = born("05:15");
        var request = request(asha, Requests.birthChart(true));
        publish(request);
        var gathered = contextOf(request).value().getFacts().getFirst();
        var token =
                new ServiceToken(
                        GATEWAY_KEY, "llm-worker", Duration.ofMinutes(1), true, Clock.systemUTC());
        var question = "{\"user_id\":\"" + asha + "\",\"profile_version\":1}";
        var asking =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + app.getEnvironment()
                                                        .getRequiredProperty("local.server.port")
                                                + "/v1/facts/birth_chart"))
                        .header(
                                "Authorization",
                                "Bearer " + token.of(question.getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();

        // when
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(asking, HttpResponse.BodyHandlers.ofString());

            // then
            var fact = JsonMapper.shared().readTree(answer.body());
            assertThat(fact.path("layer").asString()).isEqualTo("instance");
            assertThat(fact.path("text").asString()).isEqualTo(gathered.getText());
        }
    }

    @Test
    void statesTheAbsenceOfAChartThatTheServiceDoesNotGive() throws SQLException {
        // given
        simulator.astrology().scriptTarget("planets", "html");
        var request = request(born("08:45"), Requests.birthChart(false));

        // when
        publish(request);

        // then
        var chart = contextOf(request).value().getFacts().getFirst();
        assertThat(chart.getState()).isEqualTo(FactState.ABSENT);
        assertThat(chart.getAbsence()).isEqualTo("invalid_answer");
        simulator.reset();
    }

    @Test
    void forgetsWhatItLearnedOfAUserWhoTakesTheirProfileBack() throws SQLException {
        // given
        var asha = born("10:45");
        var request = request(asha, Requests.birthChart(true));
        publish(request);
        contextOf(request);
        int before = charts();

        // when
        database.run(
                "insert into chat.erasures (user_id, version, document) values (?, 1, ?::jsonb)",
                asha,
                profile("10:45"));

        // then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(forgotten()).isPositive());
        assertThat(charts()).isEqualTo(before - 1);
        var twin = request(born("10:45"), Requests.birthChart(true));
        publish(twin);
        assertThat(layerOf(twin)).isEqualTo(CacheLayer.API);
    }

    /** How often the nearest layer forgot something, which is the last to do so. */
    private static long forgotten() {
        return app
                .getBean(MeterRegistry.class)
                .find("orrery.enrichment.layer")
                .tags("layer", "instance", "operation", "forget", "result", "forgotten")
                .timers()
                .stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private static int charts() throws SQLException {
        return database.count(
                "select count(*) from enrichment.facts where kind = ?", "birth_chart");
    }

    @Test
    void failsTheTurnOfAnIndispensableChartAndGoesOn() {
        // given
        var without = request("nobody-" + UUID.randomUUID(), Requests.birthChart(true));
        var next = request("nobody-" + UUID.randomUUID(), Requests.birthChart(false));

        // when
        publish(without);

        // then
        publish(next);
        assertThat(contextOf(next).value().getFacts().getFirst().getAbsence())
                .isEqualTo("no_birth_details");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLettered("data_unavailable")).isEqualTo(1));
    }

    private static String born(String time) throws SQLException {
        var user = "user-" + UUID.randomUUID();
        database.profile(user, 1, profile(time));
        return user;
    }

    private static String profile(String time) {
        return """
        {"name": "Asha", "birth": {"date": "1995-08-21", "time": "%s", "place": "Pune",
         "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}}
        """
                .formatted(time);
    }

    private static Event<ChatRequested> request(String user, WantedFact wanted) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Requests.of(user, 1, now, wanted);
    }

    private static WantedFact wanted(String kind, String format) {
        return WantedFact.newBuilder().setKind(kind).setFormat(format).build();
    }

    private static void publish(Event<ChatRequested> request) {
        app.getBean(Publisher.class).publish(request).block(PATIENCE);
    }

    private static CacheLayer layerOf(Event<ChatRequested> request) {
        return contextOf(request).value().getFacts().getFirst().getLayer();
    }

    private static Event<ContextAssembled> contextOf(Event<ChatRequested> request) {
        return app.getBean(TopicTail.class)
                .tail(Topics.CHAT_CONTEXTS, 0, 0L)
                .map(Tailed::event)
                .filter(event -> event.key().equals(request.key()))
                .next()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static ReplyEvent progressOf(Event<ChatRequested> request) {
        return app.getBean(TopicTail.class)
                .tail(Topics.CHAT_REPLIES, 0, 0L)
                .map(tailed -> tailed.event().value())
                .filter(reply -> reply.getTurnId().equals(request.value().getTurn().getTurnId()))
                .next()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static double deadLettered(String code) {
        return app.getBean(MeterRegistry.class)
                .counter("orrery.stage.dead.lettered", "stage", "enrichment", "code", code)
                .count();
    }
}
