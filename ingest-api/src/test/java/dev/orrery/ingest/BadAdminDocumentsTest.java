package dev.orrery.ingest;

import static dev.orrery.ingest.problems.ProblemCode.INVALID_REQUEST;
import static dev.orrery.ingest.testing.Tampering.bad;
import static dev.orrery.ingest.testing.Tampering.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;

/**
 * What operators must not say is refused with the name of the field, and nothing has changed. There
 * are many such things; that nothing has changed is asked once, after all of them.
 */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadAdminDocumentsTest {

    private final RunningDoor door;
    private final String before;
    private final User admin;
    private final String bot;
    private final String config;

    BadAdminDocumentsTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
        this.bot = admin.liveBot();
        this.config = admin.configure(bot);
        this.before = door.fingerprint();
    }

    @AfterAll
    void nothingHasChanged() {
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badBotFields")
    void refusesABot(String field, String value) {
        // when
        var created = admin.post("/admin/v1/bots", with("{\"name\": \"Bad\"}", field, value));
        var changed = admin.patch("/admin/v1/bots/" + bot, with("{}", field, value));

        // then
        created.assertProblem(INVALID_REQUEST);
        changed.assertProblem(INVALID_REQUEST);
        assertThat(created.text("detail")).startsWith(field).contains("(expected: ");
    }

    static Stream<Arguments> badBotFields() {
        return Stream.of(
                        bad("name", "null", "1", "\"\"", "\" \"", "\"" + "n".repeat(256) + "\""),
                        bad("description", "1", "[]", "\"a\\u0000b\"", "\"\\ud800\""),
                        bad("avatar", "{}", "\"" + "a".repeat(256) + "\""),
                        bad("status", "\"LIVE\"", "\"gone\"", "1", "true"),
                        bad("type", "\"oracle\"", "[]"),
                        bad("rank", "-1", "1.5", "\"1\"", "2147483648"),
                        bad("owner", "\"me\""),
                        bad("bot_id", "\"00000000-0000-4000-8000-000000000000\""),
                        bad("launched_on", "\"2026-01-01T00:00:00Z\""),
                        bad("price_version", "1"),
                        bad("price", "5", "[]", "{}", price("\"unit\": \"smile\"")),
                        bad("price", price("\"unit\": \"message\"")),
                        bad("price", price("\"unit\": \"message\", \"per_message_micros\": -1")),
                        bad("price", price("\"unit\": \"message\", \"per_message_micros\": 0.5")),
                        bad("price", price("\"unit\": \"free\", \"per_message_micros\": 1")),
                        bad("price", price("\"unit\": \"token\", \"input_per_1k_micros\": 1")),
                        bad("price", "{\"unit\": \"free\", \"currency\": \"inr\"}"),
                        bad("metadata", "[]", "\"x\"", "{\"pricing\": {}}"),
                        bad("metadata", "{\"required_fields\": \"birth\"}"),
                        bad("metadata", "{\"required_fields\": [\"birth\", \"birth\"]}"),
                        bad("metadata", "{\"required_fields\": [\"wallet\"]}"),
                        bad("metadata", "{\"facts\": {}}", "{\"facts\": [1]}", "{\"facts\": [{}]}"),
                        bad("metadata", "{\"facts\": [{\"kind\": \"Birth\"}]}"),
                        bad("metadata", "{\"facts\": [{\"kind\": \"k\", \"format\": \"yaml\"}]}"),
                        bad("metadata", "{\"facts\": [{\"kind\": \"k\", \"indispensable\": 1}]}"),
                        bad("metadata", "{\"facts\": [{\"kind\": \"k\", \"url\": \"x\"}]}"),
                        bad("metadata", "{\"character_rating\": 5.1}"),
                        bad("metadata", "{\"character_rating\": 4.55}"),
                        bad("metadata", "{\"character_rating\": \"4\"}"),
                        bad("metadata", "{\"time_zone\": \"Mars/Olympus\"}"),
                        bad("metadata", "{\"response_length\": \"endless\"}"),
                        bad("metadata", "{\"greeting\": \"\"}", "{\"greeting\": [\"Hi\"]}"),
                        bad("metadata", "{\"greeting\": \"Hi {{user_nam}}\"}"),
                        bad("metadata", "{\"greeting\": \"You said: {{user_message}}\"}"),
                        bad("metadata", "{\"greeting\": \"Hi from {{custom.shop}}\"}"),
                        bad("metadata", "{\"custom\": {\"Bad name\": \"x\"}}"),
                        bad("metadata", "{\"custom\": {\"x\": 1}}"),
                        bad("metadata", "{\"allowed_regions\": [\"ap-south-1\"]}"))
                .flatMap(each -> each);
    }

    private static String price(String fields) {
        return "{\"currency\": \"INR\", " + fields + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                         | INVALID_REQUEST",
                "{\"name\": \"B\", \"slug\": \"Not one\"}   | INVALID_REQUEST",
                "{\"name\": \"B\", \"slug\": \"a--b\"}      | INVALID_REQUEST",
                "{\"name\": \"B\", \"slug\": \"mira\"}      | CONFLICT",
                "[]                                         | MALFORMED_JSON",
                "                                           | MALFORMED_JSON"
            })
    void refusesANewBot(String body, String code) {
        admin.post("/admin/v1/bots", body == null ? "" : body).assertProblem(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps            | null",
                "steps            | {}",
                "steps            | [{\"provider\": \"nobody\", \"model\": \"m\"}]",
                "steps            | [{\"provider\": \"groq\"}]",
                "provider         | \"nobody\"",
                "provider         | null",
                "model            | \" gpt\"",
                "append_universal | 1",
                "enabled          | \"yes\"",
                "note             | 5",
                "universal        | true"
            })
    void refusesARule(String field, String value) {
        // given
        var good = "{\"provider\": \"openai\", \"model\": \"gpt-9\", \"steps\": []}";

        // when
        var answer = admin.put("/admin/v1/fallback-rules/mine", with(good, field, value));

        // then
        answer.assertProblem(INVALID_REQUEST);
        assertThat(answer.text("detail")).startsWith(field).contains("(expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Not-A-Name   | {\"provider\": \"openai\", \"steps\": []} | INVALID_REQUEST",
                "leads-nowhere| {\"provider\": \"openai\", \"steps\": [], \"append_universal\": false} | INVALID_REQUEST",
                "second       | {\"provider\": \"gemini\", \"steps\": []} | CONFLICT"
            })
    void refusesARuleThatDoesNotGoTogetherWithTheOthers(String name, String body, String code) {
        admin.put("/admin/v1/fallback-rules/" + name, body).assertProblem(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider       | \"nobody\"",
                "model_pattern  | \"a*b\"",
                "model_pattern  | \"\"",
                "effective_from | \"2020-01-01T00:00:00Z\"",
                "effective_from | \"tomorrow\"",
                "effective_from | \"2999-01-01T00:00:00Z\"",
                "effective_from | \"2030-01-01T00:00:00\"",
                "input_micros   | -1",
                "input_micros   | null",
                "output_micros  | 0.5",
                "cached_input_micros | \"1\"",
                "currency       | \"USD\""
            })
    void refusesAPrice(String field, String value) {
        // given
        var good =
                """
                {"provider": "openai", "model_pattern": "gpt-9*", "input_micros": 1, "output_micros": 2}
                """;

        // when
        var answer = admin.post("/admin/v1/prices", with(good, field, value));

        // then
        answer.assertProblem(INVALID_REQUEST);
        assertThat(answer.text("detail")).startsWith(field).contains("(expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | null",
                "name | \"Two Words\"",
                "goal | \"fame\"",
                "arms | null",
                "arms | []",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"a\", \"config\": \"{config}\"}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"b\"}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"b\", \"config\": \"x\"}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"b\", \"config\": \"{config}\", \"revision\": \"{config}\"}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"b\", \"revision\": \"{config}\"}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"b\", \"config\": \"{config}\", \"weight\": 0}]",
                "arms | [{\"name\": \"a\", \"config\": \"{config}\"}, {\"name\": \"b\", \"config\": \"{config}\", \"wait\": 1}]",
                "state | \"running\""
            })
    void refusesAnExperiment(String field, String value) {
        // given
        var good =
                """
                {"name": "warmth", "arms": [{"name": "a", "config": "{config}"}, {"name": "b", "config": "{config}"}]}
                """;

        // when
        var answer =
                admin.post(
                        "/admin/v1/bots/" + bot + "/experiments",
                        with(good, field, value).replace("{config}", config));

        // then
        answer.assertProblem(INVALID_REQUEST);
        assertThat(answer.text("detail")).startsWith(field).contains("(expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /admin/v1/bots/nobody",
        "PATCH,  /admin/v1/bots/nobody",
        "DELETE, /admin/v1/bots/nobody",
        "GET,    /admin/v1/bots/nobody/llm-configs",
        "GET,    /admin/v1/bots/nobody/experiments",
        "GET,    /admin/v1/experiments/00000000-0000-4000-8000-000000000000",
        "POST,   /admin/v1/experiments/00000000-0000-4000-8000-000000000000/start",
        "GET,    /admin/v1/experiments/00000000-0000-4000-8000-000000000000/results",
        "DELETE, /admin/v1/fallback-rules/nobody",
        "POST,   /admin/v1/experiments/1/stop",
        "DELETE, /admin/v1/fallback-rules/Not-A-Name",
        "GET,    /admin/v1/bots/Not-A-Slug",
        "DELETE, /admin/v1/memories/nobody/00000000-0000-4000-8000-000000000000"
    })
    void knowsNothingThatIsNotThere(String method, String path) {
        // given
        var body = method.equals("PATCH") ? "{}" : null;

        // when
        var answer = admin.send(HttpMethod.valueOf(method), path, body, Map.of());

        // then
        answer.assertProblem(CommonProblem.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /admin/v1/bots",
        "POST, /admin/v1/bots",
        "GET, /admin/v1/changes",
        "GET, /admin/v1/prices"
    })
    void isForOperatorsOnly(String method, String path) {
        // when
        var answer =
                admin.send(
                        HttpMethod.valueOf(method),
                        path,
                        null,
                        Map.of("Authorization", "Bearer " + Tokens.of(admin.name(), "chat")));

        // then
        answer.assertProblem(ProblemCode.FORBIDDEN);
    }
}
