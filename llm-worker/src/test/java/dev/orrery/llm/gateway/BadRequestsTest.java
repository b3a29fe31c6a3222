package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is wrong with a request, no model is asked, and the answer says what was expected. */
class BadRequestsTest {

    private static RunningGateway gateway;
    private static ScriptedModel model;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway("rates.service.burst=1000", "rates.service.refill=1000");
        model = gateway.model("openai", Script.answer("Hello."));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void nobodyIsAsked() {
        assertThat(model.prompts()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesABodyThatIsNoDocument(String what, byte[] body) {
        // when
        var answer = gateway.post(body);

        // then
        assertProblem(answer, 400, "malformed_json");
    }

    static Stream<Arguments> malformed() {
        var good = Asks.SIMPLE;
        return Stream.of(
                arguments("nothing", bytes("")),
                arguments("a cut object", bytes(good.substring(0, good.length() - 1))),
                arguments("a list", bytes("[" + good + "]")),
                arguments("a text", bytes("\"hello\"")),
                arguments("something behind it", bytes(good + "{}")),
                arguments("a key twice", bytes(good.replaceFirst("\\{", "{\"model\":\"x\","))),
                arguments(
                        "nested too deep",
                        bytes("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}")),
                arguments(
                        "invalid UTF-8",
                        good.replace("Be brief", "é").getBytes(StandardCharsets.ISO_8859_1)),
                arguments("an overlong character", with(new byte[] {(byte) 0xC0, (byte) 0x80})),
                arguments("a raw NUL", bytes(good.replace("Be brief", "\0"))));
    }

    /** A text that holds these bytes. */
    private static byte[] with(byte[] raw) {
        var text = new String(raw, StandardCharsets.ISO_8859_1);
        return Asks.SIMPLE.replace("Be brief", text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\":7}             | provider: a number (expected: a text)",
                "{\"model\":\" \"}            | model: blank (expected: a text that says something)",
                "{\"model\":\"a\\nb\"}        | model: unprintable (expected: printable characters)",
                "{\"provider\":\"../x\"}      | provider: ../x (expected: letters, digits and hyphens, up to 64)",
                "{\"messages\":{}}            | messages: an object (expected: an array)",
                "{\"messages\":[]}            | messages: none (expected: at least the user's)",
                "{\"messages\":[7]}           | messages[0]: a number (expected: an object)",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]} | messages[0].role: system (expected: user, assistant or tool)",
                "{\"messages\":[{\"role\":\"user\"}]} | messages[0].content: missing (expected: a text)",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]} | messages: the last one is the assistant's, or blank (expected: one of the user, or the result of a tool)",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\u0000\"}]} | messages[0].content: contains NUL (expected: text without it)",
                "{\"system_instruction\":\"\\ud83d\"} | system_instruction: contains half a surrogate pair (expected: well-formed Unicode)",
                "{\"temperature\":2.1}        | temperature: out of range (expected: a number from 0.0 to 2.0)",
                "{\"temperature\":\"hot\"}    | temperature: a text (expected: a number from 0.0 to 2.0)",
                "{\"max_tokens\":0}           | max_tokens: 0 (expected: a whole number from 1 to 200000)",
                "{\"max_tokens\":1.5}         | max_tokens: not a whole number (expected: a whole number from 1 to 200000)",
                "{\"top_k\":99999999999999999999} | top_k: out of range (expected: a whole number from 1 to 1000)",
                "{\"stream\":\"yes\"}         | stream: a text (expected: true or false)",
                "{\"colour\":1}               | colour: unknown field (expected: provider, model, system_instruction, messages, tools, tool_choice, temperature, max_tokens, top_p, top_k, retry, fallbacks, metadata, request_id, user, stream, restartable, timeouts, deadline_ms)",
                "{\"timeouts\":{\"total_ms\":0}} | timeouts.total_ms: 0 (expected: a whole number from 1 to 2147483647)",
                "{\"timeouts\":{\"read_ms\":1}} | timeouts.read_ms: unknown field (expected: connect_ms, first_token_ms, stall_ms, total_ms)",
                "{\"fallbacks\":[{\"provider\":\"groq\"}]} | fallbacks[0].model: missing (expected: a text)",
                "{\"fallbacks\":[{\"provider\":\"groq\",\"model\":\"m\",\"retry\":6}]} | fallbacks[0].retry: 6 (expected: a whole number from 0 to 5)",
                "{\"fallbacks\":[{\"provider\":\"groq\",\"model\":\"m\",\"system_instruction\":\"Rhyme.\"}]} | fallbacks[0].system_instruction: differs from the request's (expected: the same, or none: it is inherited)",
                "{\"metadata\":{\"region_name\":\"mars\"}} | metadata.region_name: mars (expected: a region such as ap-south-1)",
                "{\"metadata\":{\"region_name\":\"xx-invented-1\"}} | metadata.region_name: xx-invented-1 (expected: a region such as ap-south-1)",
                "{\"metadata\":{\"api_endpoint\":\"http://169.254.169.254/v1\"}} | metadata.api_endpoint: http://169.254.169.254/v1 (expected: the address of a server on the allow-list)",
                "{\"metadata\":{\"api_endpoint\":\":\"}} | metadata.api_endpoint: : (expected: the address of a server on the allow-list)",
                "{\"metadata\":{\"host\":\"x\"}} | metadata.host: unknown field (expected: region_name, tools, additional_config, experiment, api_endpoint, streaming, refusals, hedge, allowed_regions, tools_required)",
                "{\"metadata\":{\"streaming\":\"no\"}} | metadata.streaming: a text (expected: true or false)",
                "{\"metadata\":{\"refusals\":{\"content_filtered\":\"shrug\"}}} | metadata.refusals.content_filtered: shrug (expected: next_attempt or final)",
                "{\"metadata\":{\"refusals\":{\"rude\":\"final\"}}} | metadata.refusals.rude: unknown field (expected: content_filtered, context_too_long)",
                "{\"metadata\":{\"hedge\":1}} | metadata.hedge: a number (expected: true or false)",
                "{\"metadata\":{\"allowed_regions\":\"eu\"}} | metadata.allowed_regions: a text (expected: an array)",
                "{\"metadata\":{\"allowed_regions\":[\"eu\",7]}} | metadata.allowed_regions[1]: a number (expected: a text)",
                "{\"tool_choice\":\"any\"} | tool_choice: any (expected: auto, none, required, or one function by its name)",
                "{\"tool_choice\":\"required\"} | tool_choice: no such tool in tools (expected: one that is there)",
                "{\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"now\"}}} | tool_choice: no such tool in tools (expected: one that is there)",
                "{\"tool_choice\":{\"type\":\"function\",\"function\":{\"id\":\"now\"}}} | tool_choice.function.id: unknown field (expected: name)",
                "{\"tools\":{}}               | tools: an object (expected: an array)",
                "{\"tools\":[{\"type\":\"retrieval\"}]} | tools[0].type: retrieval (expected: function)",
                "{\"tools\":[{\"type\":\"function\"}]} | tools[0].function.name: missing (expected: a text)",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]} | tools[0].function.name: a b (expected: [A-Za-z_][A-Za-z0-9_-]{0,63})",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"strict\":true}}]} | tools[0].function.strict: unknown field (expected: name, description, parameters)",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[]}}]} | tools[0].function.parameters: an array (expected: an object)",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"type\":\"string\"}}}]} | tools[0].function.parameters.type: string (expected: object)",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]} | tools: two named a (expected: different names)",
                "{\"request_id\":\"a b\"}     | request_id: a b (expected: [A-Za-z0-9._:-]{1,128})",
                "{\"user\":\"\\u202e\"}       | user: unprintable (expected: 1 to 255 printable characters)"
            })
    void namesTheFieldItsValueAndWhatWasExpected(String change, String detail) {
        // when
        var answer = gateway.post(changed(change));

        // then
        assertProblem(answer, 400, "invalid_request");
        assertThat(answer.detail()).isEqualTo(detail);
    }

    /** A good request, some of whose fields are others; what is not ASCII is escaped in it. */
    private static String changed(String fields) {
        var good = (ObjectNode) JsonMapper.shared().readTree(Asks.SIMPLE);
        good.setAll((ObjectNode) JsonMapper.shared().readTree(fields));
        return good.toString()
                .chars()
                .mapToObj(c -> c < 0x80 ? Character.toString(c) : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({
        "129, 1,     tools: 129 elements (expected: at most 128)",
        "1,   40000, tools[0].function.parameters: larger than 32768 (expected: at most that)",
        "10,  30000, tools: 300560 characters (expected: at most 262144 in all)"
    })
    void refusesMoreToolsThanAModelCanUse(int tools, int characters, String detail) {
        // given
        var all =
                IntStream.range(0, tools)
                        .mapToObj(i ->
                                """
                                {"type":"function","function":{"name":"tool_%d","parameters":
                                 {"type":"object","properties":{},"description":"%s"}}}\
                                """
                                        .formatted(i, "x".repeat(characters)))
                        .collect(Collectors.joining(","));

        // when
        var answer = gateway.post(Asks.with("\"tools\":[" + all + "]"));

        // then
        assertProblem(answer, 400, "invalid_request");
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() {
        // given
        var large = Asks.SIMPLE.replace("Be brief", "x".repeat(1024 * 1024));

        // when
        var answer = gateway.post(large);

        // then
        assertProblem(answer, 413, "payload_too_large");
        assertThat(answer.detail()).isEqualTo("the body (expected: at most 1048576 bytes)");
    }

    @Test
    void refusesABodyThatTurnsOutToBeTooLarge() {
        // given
        var large = bytes(Asks.SIMPLE.replace("Be brief", "x".repeat(1024 * 1024)));
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));

        // when
        var answer = gateway.send(gateway.request("/v1/generate/").POST(chunked).build());

        // then
        assertProblem(answer, 413, "payload_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json;charset=latin1", "nonsense"})
    void refusesAnotherMediaType(String type) {
        // given
        var request =
                gateway.request("/v1/generate/")
                        .setHeader("Content-Type", type)
                        .POST(BodyPublishers.ofString(Asks.SIMPLE))
                        .build();

        // when
        var answer = gateway.send(request);

        // then
        assertProblem(answer, 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})
    void offersNoOtherMethodAndSaysSoOnlyToThoseItKnows(String method) {
        // given
        var known =
                gateway.request("/v1/generate/").method(method, BodyPublishers.noBody()).build();
        var unknown =
                HttpRequest.newBuilder(gateway.uri("/v1/generate/"))
                        .method(method, BodyPublishers.noBody())
                        .build();

        // when
        var refused = gateway.send(known);
        var unheard = gateway.send(unknown);

        // then
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("allow")).isEqualTo("POST");
        assertThat(unheard.status()).isEqualTo(401);
    }

    @Test
    void takesNoTwoTokens() {
        // given
        var request =
                gateway.request("/v1/generate/")
                        .header("Authorization", "jwt " + Tokens.of("admin"))
                        .POST(BodyPublishers.ofString(Asks.SIMPLE))
                        .build();

        // when
        var answer = gateway.send(request);

        // then
        assertProblem(answer, 401, "invalid_token");
    }

    @Test
    void offersNothingButPost() {
        // when
        var answer = gateway.send(gateway.request("/v1/generate/").GET().build());

        // then
        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    @Test
    void knowsNoOtherPath() {
        // when
        var answer = gateway.send(gateway.request("/v1/chat/completions").GET().build());

        // then
        assertProblem(answer, 404, "not_found");
    }

    @Test
    void looksAtNothingWithoutAToken() {
        // given
        var request =
                HttpRequest.newBuilder(gateway.uri("/v1/generate/"))
                        .header("Authorization", "jwt " + Tokens.signed("{}"))
                        .POST(BodyPublishers.ofString("nonsense"))
                        .build();

        // when
        var answer = gateway.send(request);

        // then
        assertProblem(answer, 401, "invalid_token");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:orrery:problem:" + code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asString("")).isNotBlank();
        assertThat(answer.json().path("request_id").asString(""))
                .isNotBlank()
                .isEqualTo(answer.header("x-request-id"));
        assertThat(answer.body()).doesNotContainPattern("Exception|dev\\.orrery|java\\.|jackson");
    }
}
