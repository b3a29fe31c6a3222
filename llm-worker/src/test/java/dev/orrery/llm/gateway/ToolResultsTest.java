package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.ToolChoice;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service may send back what came of the calls that a model has asked for. */
class ToolResultsTest {

    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}]";
    private static final String USER = "{\"role\":\"user\",\"content\":\"What time is it?\"}";
    private static final String CALL =
            """
            {"role":"assistant","content":null,"tool_calls":[
              {"id":"a","type":"function","function":{"name":"now","arguments":"{\\"zone\\":\\"utc\\"}"}}]}\
            """;
    private static final String RESULT =
            "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"noon\"}";

    private static RunningGateway gateway;
    private static ScriptedModel model;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway("rates.service.burst=1000", "rates.service.refill=1000");
        model = gateway.model("openai", Script.answer("It is noon."));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void tellsTheModelWhatWasCalledAndWhatCameOfIt() {
        // when
        var answer = post(TOOLS, USER, CALL, RESULT);

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(model.prompts().getLast().conversation().messages())
                .containsExactly(
                        new Message(Role.USER, "What time is it?"),
                        Message.calling("", new ToolCall("call00001", "now", "{\"zone\":\"utc\"}")),
                        Message.result("call00001", "noon"));
    }

    @Test
    void needsNoToolsOnOfferForThat() {
        assertThat(post("\"retry\":0", USER, CALL, RESULT).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    U R     | messages[1].tool_call_id: no open call has this id
                    U C R R | messages[3].tool_call_id: no open call has this id
                    U C U   | messages[1].tool_calls: 1 without a result
                    U C     | messages[1].tool_calls: 1 without a result
                    C R U   | messages[0].tool_calls: before the user's first text
                    U C R A | messages: the last one is the assistant's
                    """)
    void refusesResultsThatFitNoCallAndSaysWhich(String said, String detail) {
        // when
        var answer = post(TOOLS, said(said));

        // then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail).contains("expected");
    }

    private static String[] said(String letters) {
        return Stream.of(letters.strip().split(" "))
                .map(letter ->
                        switch (letter) {
                            case "U" -> USER;
                            case "C" -> CALL;
                            case "R" -> RESULT;
                            default -> "{\"role\":\"assistant\",\"content\":\"Well.\"}";
                        })
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "id":"a","type":"retrieval"                                 | type: retrieval (expected: function)
                    "type":"function","function":{"name":"now"}                 | id: missing (expected: a text)
                    "id":"a"                                                    | function.name: missing (expected: a text)
                    "id":"a","function":{"name":"a b"}                          | function.name: a b (expected: [A-Za-z_][A-Za-z0-9_-]{0,63})
                    "id":"a","function":{"name":"now","arguments":"[]"}         | function.arguments: no object (expected: JSON text of an object)
                    "id":"a","function":{"name":"now","arguments":{}}           | function.arguments: an object (expected: a text)
                    "id":"a","index":0                                          | index: unknown field (expected: id, type, function, signature)
                    """)
    void refusesACallThatIsNoneAndSaysWhy(String call, String detail) {
        // given
        var calling =
                "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{%s}]}".formatted(call);

        // when
        var answer = post(TOOLS, USER, calling, RESULT);

        // then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("messages[1].tool_calls[0]." + detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "auto"     | AUTO
                    "none"     | NONE
                    "required" | REQUIRED
                    null       | AUTO
                    """)
    void tellsTheModelWhetherItMayOrMustCall(String choice, ToolChoice.Mode mode) {
        // when
        post(TOOLS + ",\"tool_choice\":" + choice, USER);

        // then
        assertThat(model.prompts().getLast().conversation().toolChoice()).isEqualTo(mode);
    }

    @Test
    void tellsTheModelWhichToolItMustCall() {
        // when
        post(
                TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"now\"}}",
                USER);

        // then
        assertThat(model.prompts().getLast().conversation().toolChoice())
                .isEqualTo(new ToolChoice.Named("now"));
    }

    @Test
    void passesOverStepsOutsideTheRegionsThatAreAllowed() {
        // when
        var answer =
                gateway.post(
                        Asks.with(
                                """
                                "metadata":{"allowed_regions":["ap-south-1"]},
                                "fallbacks":[{"provider":"bedrock","model":"m","region_name":"us-east-1"}]\
                                """));

        // then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().path("attempts").valueStream())
                .extracting(attempt -> attempt.path("result").asString(""))
                .containsExactly("region_not_allowed", "region_not_allowed");
    }

    private static Answer post(String more, String... messages) {
        return gateway.post(
                "{\"provider\":\"openai\",\"model\":\"gpt\",\"fallbacks\":[],\"messages\":[%s],%s}"
                        .formatted(Stream.of(messages).collect(Collectors.joining(",")), more));
    }
}
