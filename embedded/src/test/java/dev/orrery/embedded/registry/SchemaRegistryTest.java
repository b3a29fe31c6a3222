package dev.orrery.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

    private static final String PLANET = record("planet", field("name", "\"string\""));

    private static final String PLANET_WITH_MASS =
            record(
                    "planet",
                    field("name", "\"string\"") + "," + field("mass", "\"double\"", "0.0"));

    private static final String PLANET_REQUIRING_MASS =
            record("planet", field("name", "\"string\"") + "," + field("mass", "\"double\""));

    private static RegistryClient client;

    /** A subject of its own for each test. */
    private final String subject = "subject-" + UUID.randomUUID();

    private final String versions = RegistryClient.versions(subject);

    @BeforeAll
    static void connect() {
        client = new RegistryClient(SharedServers.registry().url());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void answersARegisteredSchemaByIdBySubjectAndByText() {
        // given
        int id = client.register(subject, PLANET);

        // when
        var byText = client.post("/subjects/" + subject, Map.of("schema", PLANET));

        // then
        assertThat(byText.status()).isEqualTo(200);
        assertThat(byText.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(byText.body().path("id").asInt()).isEqualTo(id);
        assertThat(byText.body().path("version").asInt()).isEqualTo(1);
        assertThat(byText.body().path("subject").asString()).isEqualTo(subject);
        assertThat(client.get("/schemas/ids/" + id).body().path("schema").asString())
                .isEqualTo(PLANET);
        assertThat(client.get(versions + "/1").body()).isEqualTo(byText.body());
        assertThat(client.get(versions + "/latest").body()).isEqualTo(byText.body());
        assertThat(client.get(versions).body().toString()).isEqualTo("[1]");
        assertThat(client.get("/subjects").body().toString()).contains('"' + subject + '"');
        assertThat(client.get("/schemas/types").body().toString()).isEqualTo("[\"AVRO\"]");
    }

    @Test
    void registersTheSameSchemaOnceWhateverItsWhiteSpace() {
        // given
        int id = client.register(subject, PLANET);

        // when
        int again = client.register(subject, PLANET.replace(",", " ,\n  "));

        // then
        assertThat(again).isEqualTo(id);
        assertThat(client.get(versions).body().toString()).isEqualTo("[1]");
    }

    @Test
    void takesAChangedDocForAnotherVersion() {
        // given
        int id = client.register(subject, PLANET);
        String documented =
                PLANET.replace("\"fields\"", "\"doc\":\"It goes round the sun.\",\"fields\"");

        // when
        int documentedId = client.register(subject, documented);

        // then
        assertThat(documentedId).isNotEqualTo(id);
        assertThat(client.get(versions).body().toString()).isEqualTo("[1,2]");
        assertThat(client.get("/schemas/ids/" + documentedId).body().path("schema").asString())
                .contains("It goes round the sun.");
    }

    @Test
    void givesOneSchemaOneIdInAllSubjects() {
        // given
        int id = client.register(subject, PLANET);

        // when
        int idElsewhere = client.register(subject + "-elsewhere", PLANET);

        // then
        assertThat(idElsewhere).isEqualTo(id);
    }

    @Test
    void takesASubjectWhoseNameNeedsEscaping() {
        // given
        String odd = "a/b c+d%25 é " + subject;

        // when
        client.register(odd, PLANET);

        // then
        assertThat(
                        client.get(RegistryClient.versions(odd) + "/latest")
                                .body()
                                .path("subject")
                                .asString())
                .isEqualTo(odd);
    }

    @Test
    void refusesASchemaThatAnEarlierVersionContradicts() {
        // given
        client.register(subject, PLANET);

        // when
        var refusal = client.post(versions, Map.of("schema", PLANET_REQUIRING_MASS));

        // then
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.errorCode()).isEqualTo(409);
        assertThat(refusal.body().path("message").asString())
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(client.get(versions).body().toString()).isEqualTo("[1]");
    }

    @Test
    void comparesWithAllVersionsNotWithTheLatestAlone() {
        // given
        String text = record("planet", field("size", "\"string\"", "\"\""));
        String nothing = record("planet", "");
        String number = record("planet", field("size", "\"long\"", "0"));
        client.register(subject, text);
        client.register(subject, nothing);

        // when
        var refusal = client.post(versions, Map.of("schema", number));

        // then
        assertThat(refusal.status()).isEqualTo(409);
    }

    @Test
    void saysBeforehandWhetherASchemaIsCompatible() {
        // given
        client.register(subject, PLANET);

        // when
        var good =
                client.post(
                        "/compatibility" + versions + "/latest",
                        Map.of("schema", PLANET_WITH_MASS));
        var bad =
                client.post(
                        "/compatibility" + versions + "/1?verbose=true",
                        Map.of("schema", PLANET_REQUIRING_MASS));

        // then
        assertThat(good.body().toString()).isEqualTo("{\"is_compatible\":true}");
        assertThat(bad.body().path("is_compatible").asBoolean()).isFalse();
        assertThat(bad.body().path("messages")).isNotEmpty();
    }

    @Test
    void followsTheLevelOfTheSubjectAndOtherwiseTheOneForAll() {
        // given
        client.register(subject, PLANET);
        assertThat(client.get("/config").body().toString())
                .isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        assertThat(client.get("/config/" + subject).errorCode()).isEqualTo(40408);

        // when
        var set = client.put("/config/" + subject, Map.of("compatibility", "NONE"));

        // then
        assertThat(set.body().toString()).isEqualTo("{\"compatibility\":\"NONE\"}");
        assertThat(client.get("/config/" + subject).body().toString())
                .isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(client.post(versions, Map.of("schema", PLANET_REQUIRING_MASS)).status())
                .isEqualTo(200);
        assertThat(client.get("/config/other?defaultToGlobal=true").body().toString())
                .isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
    }

    @Test
    void saysWhatIsNotThereWithTheCodesOfConfluent() {
        // given
        client.register(subject, PLANET);

        // when
        List<Integer> codes =
                List.of(
                        client.get("/subjects/nobody/versions").errorCode(),
                        client.get("/subjects/nobody/versions/1").errorCode(),
                        client.post("/subjects/nobody", Map.of("schema", PLANET)).errorCode(),
                        client.get(versions + "/7").errorCode(),
                        client.post("/subjects/" + subject, Map.of("schema", PLANET_WITH_MASS))
                                .errorCode(),
                        client.get("/schemas/ids/999999").errorCode(),
                        client.get("/planets").errorCode());

        // then
        assertThat(codes).containsExactly(40401, 40401, 40401, 40402, 40403, 40403, 404);
        assertThat(client.get("/subjects/nobody/versions").status()).isEqualTo(404);
    }

    @Test
    void refusesWhatItCannotUnderstand() {
        // given
        client.register(subject, PLANET);

        // when
        List<Integer> codes =
                List.of(
                        client.post(versions, Map.of("schema", "{\"type\":\"planet\"}"))
                                .errorCode(),
                        client.post(versions, Map.of("schema", PLANET, "schemaType", "JSON"))
                                .errorCode(),
                        client.post(versions, Map.of("nothing", "here")).errorCode(),
                        client.get(versions + "/zero").errorCode(),
                        client.put("/config", Map.of("compatibility", "SOMEWHAT")).errorCode(),
                        client.send("POST", versions, "{").errorCode(),
                        client.send("DELETE", versions, "").errorCode());

        // then
        assertThat(codes).containsExactly(42201, 42201, 42201, 42202, 42203, 400, 405);
    }

    @Test
    void givesOneIdAndOneVersionToASchemaThatManyRegisterAtOnce() throws Exception {
        // given
        var start = new CyclicBarrier(8);
        Callable<Integer> register =
                () -> {
                    start.await();
                    return client.register(subject, PLANET);
                };
        var ids = new TreeSet<Integer>();

        // when
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var id : threads.invokeAll(Collections.nCopies(8, register))) {
                ids.add(id.get());
            }
        }

        // then
        assertThat(ids).hasSize(1);
        assertThat(client.get(versions).body().toString()).isEqualTo("[1]");
    }

    @Test
    void givesEachOfManySchemasThatComeAtOnceAnIdOfItsOwn() throws Exception {
        // given
        var ids = new TreeSet<Integer>();
        var registrations =
                IntStream.range(0, 16)
                        .<Callable<Integer>>mapToObj(
                                n -> () -> client.register(subject + n, record("moon" + n, "")))
                        .toList();

        // when
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var id : threads.invokeAll(registrations)) {
                ids.add(id.get());
            }
        }

        // then
        assertThat(ids).hasSize(16);
    }

    @Test
    void keepsIdsVersionsAndLevelsOverARestart() {
        // given
        int id;
        try (SchemaRegistry second =
                        SchemaRegistry.start(SharedServers.kafka().bootstrapServers(), 0);
                RegistryClient before = new RegistryClient(second.url())) {
            id = before.register(subject, PLANET);
            before.register(subject, PLANET_WITH_MASS);
            before.put("/config/" + subject, Map.of("compatibility", "FORWARD"));
        }

        // when
        try (SchemaRegistry third =
                        SchemaRegistry.start(SharedServers.kafka().bootstrapServers(), 0);
                RegistryClient after = new RegistryClient(third.url())) {

            // then
            assertThat(after.register(subject, PLANET)).isEqualTo(id);
            assertThat(after.get(versions).body().toString()).isEqualTo("[1,2]");
            assertThat(after.get("/config/" + subject).body().path("compatibilityLevel").asString())
                    .isEqualTo("FORWARD");
            assertThat(after.register(subject + "-new", record("moon", ""))).isGreaterThan(id);
        }
    }

    private static String record(String name, String fields) {
        return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[%s]}".formatted(name, fields);
    }

    private static String field(String name, String type) {
        return "{\"name\":\"%s\",\"type\":%s}".formatted(name, type);
    }

    private static String field(String name, String type, String defaultValue) {
        return "{\"name\":\"%s\",\"type\":%s,\"default\":%s}".formatted(name, type, defaultValue);
    }
}
