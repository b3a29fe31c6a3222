package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.Heard;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tool has returned is answered in words, in the wire form of every provider. */
class ToolResultsTest {

    /**
     * A request in a provider's own form, as its documents have it.
     *
     * @param body with {@code $CALL} where the id of the result is
     */
    private record Form(String provider, String route, String header, String body) {

        Heard ask(String callId) throws IOException {
            String path = simulator.url(provider).substring(simulator.url().length()) + route;
            String text = body.replace("$CALL", callId);
            try (RawCall call = RawCall.post(simulator, path, text, header.split("; "))) {
                return call.readAll();
            }
        }

        @Override
        public String toString() {
            return provider;
        }
    }

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form(
                        "openai",
                        "/chat/completions",
                        "authorization: Bearer key",
                        """
                        {"model":"sim/1-tool-call","messages":[{"role":"user","content":"Weather?"},
                          {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                            "function":{"name":"get_weather","arguments":"{}"}}]},
                          {"role":"tool","tool_call_id":"$CALL","content":"3 degrees"}],
                         "tools":[{"type":"function","function":{"name":"get_weather"}}]}
                        """),
                new Form(
                        "anthropic",
                        "/messages",
                        "x-api-key: key; anthropic-version: 2023-06-01",
                        """
                        {"model":"sim/1-tool-call","max_tokens":99,"messages":[
                          {"role":"user","content":"Weather?"},
                          {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"get_weather","input":{}}]},
                          {"role":"user","content":[{"type":"tool_result","tool_use_id":"$CALL","content":"3 degrees"}]}],
                         "tools":[{"name":"get_weather","input_schema":{"type":"object"}}]}
                        """),
                new Form(
                        "gemini",
                        "/models/sim%2F1-tool-call:generateContent",
                        "x-goog-api-key: key",
                        """
                        {"contents":[{"role":"user","parts":[{"text":"Weather?"}]},
                          {"role":"model","parts":[{"functionCall":{"id":"c1","name":"get_weather","args":{}},"thoughtSignature":"c2ltdWxhdGVk"}]},
                          {"role":"user","parts":[{"functionResponse":{"id":"$CALL","name":"get_weather","response":{"result":"3 degrees"}}}]}],
                         "tools":[{"functionDeclarations":[{"name":"get_weather"}]}]}
                        """),
                new Form(
                        "bedrock",
                        "/model/sim%2F1-tool-call/converse",
                        "authorization: Bearer key",
                        """
                        {"messages":[{"role":"user","content":[{"text":"Weather?"}]},
                          {"role":"assistant","content":[{"toolUse":{"toolUseId":"c1","name":"get_weather","input":{}}}]},
                          {"role":"user","content":[{"toolResult":{"toolUseId":"$CALL","content":[{"text":"3 degrees"}]}}]}],
                         "toolConfig":{"tools":[{"toolSpec":{"name":"get_weather","inputSchema":{"json":{}}}}]}}
                        """));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void areAnsweredInWordsThatRepeatThem(Form form) throws IOException {
        // when
        Heard heard = form.ask("c1");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.text()).contains("A tool returned: “3 degrees”");
    }

    @Test
    void areRefusedByGeminiWithASignatureThatIsNotItsOwn() throws IOException {
        // given
        Form gemini =
                forms().filter(form -> form.provider().equals("gemini")).findFirst().orElseThrow();
        Form forged =
                new Form(
                        gemini.provider(),
                        gemini.route(),
                        gemini.header(),
                        gemini.body().replace("c2ltdWxhdGVk", "Zm9yZ2Vk"));

        // when
        Heard heard = forged.ask("c1");

        // then
        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("Corrupted thought signature");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void areRefusedWithoutACall(Form form) throws IOException {
        // when
        Heard heard = form.ask("c2");

        // then
        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("a result must answer a call");
    }
}
