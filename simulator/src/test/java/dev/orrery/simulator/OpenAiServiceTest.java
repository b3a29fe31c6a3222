package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.Call;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the OpenAI-compatible service accepts, refuses and says. */
class OpenAiServiceTest {

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.reset();
    }

    @Test
    void refersToTheQuestionAndToWhatTheInstructionSays() throws IOException {
        // given
        ObjectNode body = Completions.body("gpt-4.1-mini", false);
        ArrayNode messages = body.putArray("messages");
        messages.addObject()
                .put("role", "system")
                .put("content", "You are talking with Asha.\n**Ascendant**: Leo");
        messages.addObject().put("role", "user").put("content", "How is my family doing?");

        // when
        String reply = ask(body).at("/choices/0/message/content").asString();

        // then
        assertThat(reply)
                .startsWith("(simulated) Asha, you ask: “How is my family doing?”")
                .doesNotContain("No chart came with it");
    }

    @Test
    void readsContentInParts() throws IOException {
        // given
        ObjectNode body = Completions.body("gpt-4.1-mini", false);
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", "In parts?");

        // when
        JsonNode reply = ask(body);

        // then
        assertThat(reply.at("/choices/0/message/content").asString()).contains("“In parts?”");
    }

    @Test
    void repeatsNoHalfOfACharacter() throws IOException {
        // given
        String body =
                "{\"model\":\"gpt-\\ud800\",\"messages\":[{\"role\":\"user\",\"content\":\"a\\udc00b\\u0000\"}]}";

        // when
        Heard heard;
        try (RawCall call = RawCall.post(simulator, Completions.PATH, body, Completions.KEY)) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(Completions.json(heard).at("/choices/0/message/content").asString())
                .contains("a?b");
    }

    @Test
    void statesNoTokensInAStreamThatDidNotAsk() throws IOException {
        // given
        ObjectNode body = Completions.body("sim/5-tokens", true).without("stream_options");

        // when
        Heard heard = heard(body);

        // then
        assertThat(Completions.pieces(heard)).hasSize(5);
        assertThat(Completions.events(heard))
                .allSatisfy(event -> assertThat(event.has("usage")).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
    void aBoundCutsAHealthyAnswerShort(String name) throws IOException {
        // when
        JsonNode reply = ask(Completions.body("gpt-4.1-mini", false).put(name, 6));

        // then
        assertThat(reply.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(reply.at("/usage/completion_tokens").asInt()).isEqualTo(6);
        assertThat(reply.at("/choices/0/message/content").asString().split(" ")).hasSize(6);
    }

    @Test
    void aScriptIsNotCutShort() throws IOException {
        // when
        JsonNode reply = ask(Completions.body("sim/20-tokens", false).put("max_tokens", 6));

        // then
        assertThat(reply.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(reply.at("/usage/completion_tokens").asInt()).isEqualTo(20);
    }

    @Test
    void listsModels() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.send(simulator, "GET", "/openai/v1/models", "", Completions.KEY)) {
            heard = call.readAll();
        }

        // then
        assertThat(Completions.json(heard).path("data"))
                .anySatisfy(
                        model -> assertThat(model.path("id").asString()).isEqualTo("gpt-4.1-mini"));
    }

    @Test
    void wantsAKey() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(
                        simulator, Completions.PATH, Completions.body("x", false).toString())) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(401);
        assertThat(Completions.json(heard).at("/error/code").asString())
                .isEqualTo("invalid_api_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"wizard\",\"content\":\"x\"}]}",
                "{\"model\":\"m\",\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            })
    void refusesWhatItCannotRead(String body) throws IOException {
        // when
        Heard heard;
        try (RawCall call = RawCall.post(simulator, Completions.PATH, body, Completions.KEY)) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(400);
        assertThat(Completions.json(heard).at("/error/type").asString())
                .isEqualTo("invalid_request_error");
    }

    @Test
    void saysWhichPartOfAScriptIsUnknown() throws IOException {
        // when
        Heard heard = heard(Completions.body("sim/ok+dance", false));

        // then
        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("'dance'");
    }

    @Test
    void followsTheHeaderBeforeTheNameOfTheModel() throws IOException {
        // given
        String body = Completions.body("sim/status-500", false).toString();
        String header = "x-simulator-script: {\"tokens\":3,\"fault\":\"finish-length\"}";

        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(simulator, Completions.PATH, body, Completions.KEY, header)) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(Completions.json(heard).at("/choices/0/finish_reason").asString())
                .isEqualTo("length");
    }

    @Test
    void playsThePlanOfAModelCallByCall() throws IOException {
        // given
        simulator.openai().scriptTarget("gpt-4.1-mini", "status-500", "status-429", "2-tokens");
        ObjectNode body = Completions.body("gpt-4.1-mini", false);

        // when
        int[] statuses = {
            heard(body).status(), heard(body).status(), heard(body).status(), heard(body).status()
        };

        // then
        assertThat(statuses).containsExactly(500, 429, 200, 200);
        assertThat(heard(Completions.body("gpt-4.1-nano", false)).status()).isEqualTo(200);
        assertThat(simulator.openai().calls().count("gpt-4.1-mini")).isEqualTo(4);
    }

    @Test
    void remembersWhatItWasAsked() throws IOException {
        // when
        ask(Completions.body("gpt-4.1-nano", false));

        // then
        assertThat(simulator.calls())
                .singleElement()
                .extracting(Call::received)
                .satisfies(received -> {
                    assertThat(received.text()).contains(Completions.QUESTION);
                    assertThat(received.header("authorization")).isEqualTo("Bearer simulated");
                    assertThat(received.path()).isEqualTo(Completions.PATH);
                });
    }

    @Test
    void knowsNoOtherRoute() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(simulator, "/openai/v1/embeddings", "{}", Completions.KEY)) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(404);
    }

    private static JsonNode ask(JsonNode body) throws IOException {
        return Completions.json(heard(body));
    }

    private static Heard heard(JsonNode body) throws IOException {
        try (RawCall call = Completions.begin(simulator, body)) {
            return call.readAll();
        }
    }
}
