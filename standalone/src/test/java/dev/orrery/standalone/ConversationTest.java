package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.tools.door.Door;
import dev.orrery.tools.door.DoorRefused;
import dev.orrery.tools.door.ReplyPart;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The main job, through every topic and every worker, over real Kafka, PostgreSQL, Redis and HTTP.
 */
class ConversationTest {

    private static final long PRICE = 5_000_000;
    private static final Duration LONGEST_BOOKING = Duration.ofSeconds(20);

    @TempDir private static Path data;

    private static Orrery orrery;
    private static Secrets secrets;
    private static URI door;

    @BeforeAll
    static void startOrrery() throws Exception {
        var settings = new Settings(data, new PortRange(21_080), Map.of());
        orrery =
                Orrery.start(
                        settings,
                        Clock.systemUTC(),
                        new StartProgress(new PrintStream(PrintStream.nullOutputStream()), true));
        secrets = Secrets.in(data.resolve("jwt.secret"), Clock.systemUTC());
        door = URI.create(orrery.demo("ORRERY_URL"));
    }

    @AfterAll
    static void stopOrrery() throws Exception {
        orrery.close();
    }

    @Test
    void streamsAReplyThatIsPaidForOnce() throws Exception {
        // given
        try (var asha = person(20_000_000)) {

            // when
            var reply = asha.say("What does this week hold for me?");

            // then
            assertThat(reply)
                    .extracting(ReplyPart::name)
                    .startsWith("accepted", "progress", "progress", "progress", "delta");
            assertThat(reply.getLast().name()).isEqualTo("completed");
            assertThat(reply.getLast().data().path("text").asString())
                    .isEqualTo(text(reply))
                    .isNotBlank();
            assertThat(reply.getLast().data().path("charge").path("micros").asLong())
                    .isEqualTo(PRICE);
            awaitWallet(asha, 20_000_000 - PRICE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai",
                "groq",
                "byteplus",
                "openrouter",
                "mistral",
                "anthropic",
                "gemini",
                "ai-sdk",
                "bedrock"
            })
    void answersServicesThroughTheGatewayWhicheverProviderTheyName(String provider)
            throws Exception {
        // given
        var question =
                """
                {"provider": "%s", "model": "a-model", "fallbacks": [], "stream": %s,
                 "messages": [{"role": "user", "content": "What is a sextile?"}]}\
                """;

        // when
        var whole = generated(question.formatted(provider, false));
        var streamed = generated(question.formatted(provider, true));

        // then
        assertThat(whole).contains("\"provider\":\"" + provider + "\"", "\"result\":\"ok\"");
        assertThat(streamed).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
    }

    private static String generated(String question) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(orrery.demo("ORRERY_GATEWAY_URL") + "/v1/generate/"))
                        .header("Authorization", "jwt " + orrery.demo("ORRERY_GATEWAY_TOKEN"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void keepsTheConversationOverSeveralTurns() throws Exception {
        // given
        try (var asha = person(100_000_000)) {
            asha.say("First question");
            asha.say("Second question");

            // when
            var third = asha.say("Third question");

            // then
            assertThat(third.getLast().name()).isEqualTo("completed");
            var history = asha.get("/v1/sessions/" + asha.session() + "/messages");
            assertThat(history.toString())
                    .contains("First question", "Second question", "Third question");
            awaitWallet(asha, 100_000_000 - 3 * PRICE);
        }
    }

    @Test
    void crossesEveryTopicInTheFormThatOutsidersRead() throws Exception {
        // given
        var reader =
                new WireReader(
                        orrery.demo("KAFKA_BOOTSTRAP_SERVERS"), orrery.demo("SCHEMA_REGISTRY_URL"));
        try (var asha = person(20_000_000)) {

            // when
            var turn = turnOf(asha.say("Which planet is strongest in my chart?"));

            // then
            awaitWallet(asha, 20_000_000 - PRICE);
            for (var topic :
                    List.of("chat.requests", "chat.contexts", "chat.prompts", "chat.outcomes")) {
                assertThat(reader.all(topic))
                        .as(topic)
                        .anySatisfy(each -> assertThat(each.get("turn").toString()).contains(turn));
            }
            assertThat(reader.all("chat.replies"))
                    .anySatisfy(each -> assertThat(each.get("turnId")).hasToString(turn));
            await().atMost(LONGEST_BOOKING)
                    .untilAsserted(() ->
                            assertThat(reader.all("billing.entries"))
                                    .filteredOn(each ->
                                            ("use:" + turn).equals(each.get("entryKey").toString()))
                                    .hasSize(1));
        }
    }

    @Test
    void readsTheBirthChartBeforeThePromptIsRendered() throws Exception {
        // given
        var reader =
                new WireReader(
                        orrery.demo("KAFKA_BOOTSTRAP_SERVERS"), orrery.demo("SCHEMA_REGISTRY_URL"));
        try (var asha = person(20_000_000)) {

            // when
            var turn = turnOf(asha.say("Where is my Moon?"));

            // then
            assertThat(reader.all("chat.prompts"))
                    .filteredOn(each -> each.get("turn").toString().contains(turn))
                    .singleElement()
                    .satisfies(each ->
                            assertThat(each.get("systemInstruction").toString())
                                    .contains("### Kundli Data", "Asha"));
        }
    }

    /** The simulated model calls all four tools of the almanac, and then says what they returned. */
    @Test
    void looksThingsUpWithToolsThatThePipelineCarriesOut() throws Exception {
        // given
        var reader =
                new WireReader(
                        orrery.demo("KAFKA_BOOTSTRAP_SERVERS"), orrery.demo("SCHEMA_REGISTRY_URL"));
        var name = "noor-" + UUID.randomUUID();
        try (var asha = Person.with(door, secrets, name, 20_000_000, DemoBot.NOOR)) {

            // when
            var live = asha.say("How is the weather?");

            // then
            assertThat(live.getLast().name()).isEqualTo("completed");
            assertThat(live.getLast().data().path("text").asString()).contains("A tool returned");
            assertThat(live)
                    .filteredOn(part -> part.name().equals("tool_call"))
                    .extracting(part ->
                            part.data().path("name").asString()
                                    + " "
                                    + part.data().path("state").asString())
                    .startsWith(
                            "get_birth_chart called",
                            "get_weather called",
                            "get_exchange_rate called",
                            "current_time called")
                    .containsOnlyOnce(
                            "get_birth_chart answered",
                            "get_weather answered",
                            "get_exchange_rate answered",
                            "current_time answered");
            assertThat(asha.eventsAfter(turnOf(live), 0))
                    .isEqualTo(live.stream().filter(part -> part.id() > 0).toList());
            await().atMost(LONGEST_BOOKING)
                    .untilAsserted(() ->
                            assertThat(reader.all("chat.outcomes"))
                                    .filteredOn(each ->
                                            each.get("turn").toString().contains(turnOf(live)))
                                    .singleElement()
                                    .satisfies(each ->
                                            assertThat(each.get("toolCalls").toString())
                                                    .contains("Kundli", "get_weather", "INR")));
        }
    }

    @Test
    void previewsByteForByteWhatAModelWasShown() throws Exception {
        // given
        var reader =
                new WireReader(
                        orrery.demo("KAFKA_BOOTSTRAP_SERVERS"), orrery.demo("SCHEMA_REGISTRY_URL"));
        try (var asha = person(20_000_000);
                var admin = new Door(door, secrets.token("admin", "admin"))) {
            var first = asha.say("Hello, {{bot_name}}");
            var turn = turnOf(asha.say("Where is my Moon?"));
            var shown = ofTurn(turn, reader.all("chat.prompts"));
            var context = ofTurn(turn, reader.all("chat.contexts"));
            var acceptedAt =
                    Instant.ofEpochMilli(
                            (Long) ((GenericRecord) shown.get("turn")).get("acceptedAt"));

            // when
            var preview =
                    admin.post(
                            "/admin/v1/prompts/preview",
                            Map.of(
                                    "prompt",
                                    DemoBot.MIRA.promptText(),
                                    "kind",
                                    "structured",
                                    "bot",
                                    DemoBot.SLUG,
                                    "user",
                                    asha.get("/v1/me").path("profile"),
                                    "message",
                                    "Where is my Moon?",
                                    "message_id",
                                    turn,
                                    "history",
                                    List.of(
                                            Map.of(
                                                    "user",
                                                    "Hello, {{bot_name}}",
                                                    "bot",
                                                    text(first))),
                                    "facts",
                                    factsOf(context),
                                    "at",
                                    acceptedAt.toString(),
                                    "against",
                                    DemoBot.SLUG));

            // then
            assertThat(preview.path("text").asString())
                    .isEqualTo(shown.get("systemInstruction").toString());
            assertThat(preview.path("hash").asString())
                    .isEqualTo(shown.get("promptHash").toString());
            assertThat(preview.path("diff").asString()).isEmpty();
        }
    }

    @Test
    void asksAModelWhatItThinksOfAPreview() throws Exception {
        // given
        try (var admin = new Door(door, secrets.token("admin", "admin"))) {

            // when
            var preview =
                    admin.post(
                            "/admin/v1/prompts/preview",
                            Map.of(
                                    "prompt", "You are brief.",
                                    "message", "Hello?",
                                    "send", true,
                                    "provider", "openai",
                                    "model", "gpt-4.1-mini"));

            // then
            assertThat(preview.path("reply").path("text").asString()).isNotBlank();
            assertThat(preview.path("reply").path("provider").asString()).isEqualTo("openai");
        }
    }

    private static GenericRecord ofTurn(String turn, List<GenericRecord> records) {
        return records.stream()
                .filter(each -> each.get("turn").toString().contains(turn))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> factsOf(GenericRecord context) {
        var facts = new HashMap<String, String>();
        for (var fact : (List<?>) context.get("facts")) {
            var record = (GenericRecord) fact;
            if (record.get("text") != null) {
                facts.put(record.get("kind").toString(), record.get("text").toString());
            }
        }
        return facts;
    }

    @Test
    void servesComputedChartsToClientsOfTheAstrologyService() throws Exception {
        // given: India's independence, the chart that everybody knows
        var birth =
                """
                {"day": 15, "month": 8, "year": 1947, "hour": 0, "min": 0,
                 "lat": 28.6139, "lon": 77.209, "tzone": 5.5}
                """;
        var request =
                HttpRequest.newBuilder(URI.create(orrery.demo("ORRERY_ASTROLOGY_URL") + "/planets"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(birth))
                        .build();

        // when
        String answer;
        try (var client = HttpClient.newHttpClient()) {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }

        // then
        assertThat(answer)
                .startsWith("[{\"id\":0,\"name\":\"Sun\"")
                .contains("\"fullDegree\":93.98");
    }

    @Test
    void servesAFinishedTurnWithTheIdsItHadLive() throws Exception {
        // given
        try (var asha = person(20_000_000)) {
            var live = asha.say("Tell me about Saturn");

            for (var seen : live) {
                // when
                var rest = asha.eventsAfter(turnOf(live), seen.id());

                // then
                var expected = live.stream().filter(part -> part.id() > seen.id()).toList();
                assertThat(rest)
                        .extracting(ReplyPart::id)
                        .isEqualTo(expected.stream().map(ReplyPart::id).toList());
                assertThat(rest)
                        .extracting(ReplyPart::data)
                        .isEqualTo(expected.stream().map(ReplyPart::data).toList());
            }
        }
    }

    @Test
    void refusesAMessageThatTheWalletDoesNotCover() throws Exception {
        // given
        try (var poor = person(PRICE - 1)) {

            // when
            assertThatThrownBy(() -> poor.say("Hello?"))

                    // then
                    .isInstanceOfSatisfying(
                            DoorRefused.class,
                            refused -> assertThat(refused.status()).isEqualTo(402))
                    .hasMessageContaining("payment_required");
            assertThat(poor.wallet().path("available_micros").asLong()).isEqualTo(PRICE - 1);
        }
    }

    private static Person person(long micros) throws Exception {
        return Person.with(door, secrets, "asha-" + UUID.randomUUID(), micros);
    }

    private static String turnOf(List<ReplyPart> reply) {
        return reply.getFirst().data().path("message_id").asString();
    }

    private static String text(List<ReplyPart> reply) {
        var text = new StringBuilder();
        for (var part : reply) {
            switch (part.name()) {
                case "delta" -> text.append(part.data().path("text").asString());
                case "restarted" -> text.setLength(0);
                default -> {} // what carries no text
            }
        }
        return text.toString();
    }

    private static void awaitWallet(Person person, long micros) {
        await().atMost(LONGEST_BOOKING)
                .untilAsserted(() -> {
                    var wallet = person.wallet();
                    assertThat(wallet.path("posted_micros").asLong()).isEqualTo(micros);
                    assertThat(wallet.path("held_micros").asLong()).isZero();
                });
    }
}
