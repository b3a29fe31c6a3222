package dev.orrery.ingest;

import static dev.orrery.ingest.problems.ProblemCode.INVALID_REQUEST;
import static dev.orrery.ingest.testing.Tampering.bad;
import static dev.orrery.ingest.testing.Tampering.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A revision that nobody could answer by is refused with the name of the field, and nothing has
 * changed, which is asked once, after all of them.
 */
@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRevisionsTest {

    private final RunningDoor door;
    private final User admin;
    private final String bot;
    private final String config;
    private final String before;

    BadRevisionsTest(RunningDoor door) {
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
    @MethodSource("badRevisionFields")
    void refusesARevision(String field, String value) {
        // given
        var good = "{\"provider\": \"openai\", \"model\": \"gpt-5\"}";

        // when
        var created =
                admin.post("/admin/v1/bots/" + bot + "/llm-configs", with(good, field, value));
        var revised =
                admin.post(
                        "/admin/v1/llm-configs/" + config + "/revisions", with("{}", field, value));

        // then
        created.assertProblem(INVALID_REQUEST);
        revised.assertProblem(INVALID_REQUEST);
        assertThat(created.text("detail")).startsWith(field).contains("(expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata.safety.input.rules      | {'input': {'rules': 1}}",
                "metadata.safety.input.phrases.v[1] | {'input': {'phrases': {'v': ['x', '?']}}}",
                "metadata.safety.output.model     | {'output': {'model': 'nobody/m'}}",
                "metadata.safety.output.model     | {'output': {'model': 'openai'}}",
                "metadata.safety.crisis           | {'crisis': {'help_text': {'en': 'x'}}}",
                "metadata.safety.crisis.contacts  | {'input': {'rules': true}, 'crisis': {'contacts': {'India': []}}}"
            },
            quoteCharacter = '`')
    void namesTheFieldOfAPolicyThatIsWrong(String field, String policy) {
        // when
        var refused =
                admin.post(
                        "/admin/v1/llm-configs/" + config + "/revisions",
                        "{\"metadata\": {\"safety\": " + policy.replace('\'', '"') + "}}");

        // then
        refused.assertProblem(INVALID_REQUEST);
        assertThat(refused.text("detail")).startsWith(field + ": ").contains("(expected: ");
    }

    static Stream<Arguments> badRevisionFields() {
        return Stream.of(
                        bad("provider", "null", "\"nobody\"", "\"OpenAI\"", "\" openai\"", "7"),
                        bad("model", "null", "\"\"", "\" gpt-5\"", "\"gpt-5 \"", "\"a\\nb\""),
                        bad("model", "\"" + "m".repeat(101) + "\""),
                        bad("temperature", "-0.1", "2.1", "\"hot\"", "1e400"),
                        bad("top_p", "0", "1.01", "[]"),
                        bad("top_k", "0", "1.5"),
                        bad("max_output_tokens", "0", "null", "\"1\""),
                        bad("prompt_token_limit", "0", "10000001"),
                        bad("retry", "-1", "6"),
                        bad("history_turns", "-1", "1001"),
                        bad("prompt_kind", "\"yaml\""),
                        bad("prompt", "1", "\"a\\u0000b\""),
                        bad("author", "\"me\""),
                        bad("number", "7"),
                        bad("is_active", "true"),
                        bad(
                                "metadata",
                                "[]",
                                "{\"unknown\": 1}",
                                "{\"region_name\": \"ap-south-1\"}"),
                        bad("metadata", "{\"multi_region\": \"yes\"}", "{\"hedge\": 1}"),
                        bad(
                                "metadata",
                                "{\"refusals\": \"final\"}",
                                "{\"refusals\": {\"x\": \"final\"}}"),
                        bad("metadata", "{\"refusals\": {\"content_filtered\": \"shrug\"}}"),
                        bad("metadata", "{\"safety\": true}", "{\"safety\": {\"inputs\": {}}}"),
                        bad("metadata", "{\"fallbacks\": {}}", "{\"fallbacks\": [{}]}"),
                        bad("metadata", fallback("\"provider\": \"nobody\", \"model\": \"m\"")),
                        bad("metadata", fallback("\"provider\": \"groq\", \"model\": \"\"")),
                        bad(
                                "metadata",
                                fallback("\"provider\": \"groq\", \"model\": \"m\", \"retry\": 6")),
                        bad(
                                "metadata",
                                fallback(
                                        "\"provider\": \"groq\", \"model\": \"m\", \"retry\": null")),
                        bad(
                                "metadata",
                                fallback(
                                        "\"provider\": \"groq\", \"model\": \"m\", \"region\": \"x\"")),
                        bad(
                                "metadata",
                                fallback(
                                        "\"provider\": \"bedrock\", \"model\": \"m\", \"region\": \"x\"")),
                        bad("metadata", "{\"timeouts\": {\"total_ms\": 0}}"),
                        bad("metadata", "{\"timeouts\": {\"patience\": 1}}"),
                        bad("metadata", "{\"history_tokens\": -1}"),
                        bad("metadata", "{\"yaml_style\": \"flow\"}"),
                        bad("metadata", "{\"summary\": true}", "{\"summary\": {\"turns\": 5}}"),
                        bad("metadata", "{\"summary\": {\"enabled\": 1}}"),
                        bad("metadata", "{\"summary\": {\"every_turns\": 0}}"),
                        bad("metadata", "{\"summary\": {\"max_tokens\": 4001}}"),
                        bad("metadata", "{\"summary\": {\"provider\": \"openai\"}}"),
                        bad(
                                "metadata",
                                "{\"summary\": {\"provider\": \"nobody\", \"model\": \"m\"}}"),
                        bad("metadata", "{\"custom\": {\"1\": \"x\"}}", "{\"custom\": []}"),
                        bad("metadata", "{\"required_variables\": \"user_name\"}"),
                        bad("metadata", "{\"additional_config\": []}"),
                        bad("metadata", "{\"additional_config\": {\"x\": \"\\u0000\"}}"),
                        bad(
                                "metadata",
                                "{\"additional_config\": {\"x\": \"" + "y".repeat(8192) + "\"}}"),
                        bad("metadata", endpoint("http://models.example/v1")),
                        bad("metadata", endpoint("https://user:pass@models.example")),
                        bad("metadata", endpoint("https://models.example?key=1")),
                        bad("metadata", endpoint("file:///etc/passwd")),
                        bad("metadata", endpoint("models.example")),
                        bad("metadata", "{\"tools\": {}}", tool("\"name\": \"Get Weather\"")),
                        bad("metadata", tool("\"name\": \"t\", \"handler\": \"https://x\"")),
                        bad("metadata", tool("\"name\": \"t\", \"handler\": \"get_money\"")),
                        bad("metadata", "{\"history_tools\": \"yes\"}"),
                        bad("metadata", tool("\"name\": \"t\", \"timeout_ms\": 0")),
                        bad("metadata", tool("\"name\": \"t\", \"code\": \"x\"")),
                        bad("metadata", "{\"tools\": [{\"name\": \"t\"}, {\"name\": \"t\"}]}"),
                        bad("metadata", schema("[]"), schema("7"), schema("{}")),
                        bad("metadata", schema("{\"type\": \"array\"}")),
                        bad("metadata", schema(object("\"properties\": []"))),
                        bad("metadata", schema(object("\"properties\": {\"a\": 1}"))),
                        bad(
                                "metadata",
                                schema(object("\"properties\": {\"a\": {\"type\": \"text\"}}"))),
                        bad("metadata", schema(object("\"properties\": {\"a\": {\"type\": []}}"))),
                        bad("metadata", schema(object("\"required\": \"a\""))),
                        bad("metadata", schema(object("\"required\": [\"a\", \"a\"]"))),
                        bad("metadata", schema(object("\"properties\": {\"a\": {\"enum\": []}}"))),
                        bad(
                                "metadata",
                                schema(object("\"properties\": {\"a\": {\"pattern\": \"(\"}}"))),
                        bad(
                                "metadata",
                                schema(object("\"properties\": {\"a\": {\"minLength\": -1}}"))),
                        bad(
                                "metadata",
                                schema(object("\"properties\": {\"a\": {\"items\": [1]}}"))),
                        bad("metadata", schema(object("\"anyOf\": [{\"type\": 1}]"))),
                        bad("metadata", schema(object("\"$ref\": \"https://x/y.json\""))))
                .flatMap(each -> each);
    }

    private static String fallback(String step) {
        return "{\"fallbacks\": [{" + step + "}]}";
    }

    private static String endpoint(String url) {
        return "{\"api_endpoint\": \"" + url + "\"}";
    }

    private static String tool(String fields) {
        return "{\"tools\": [{" + fields + "}]}";
    }

    private static String schema(String schema) {
        return tool("\"name\": \"t\", \"parameters\": " + schema);
    }

    private static String object(String more) {
        return "{\"type\": \"object\", " + more + "}";
    }
}
