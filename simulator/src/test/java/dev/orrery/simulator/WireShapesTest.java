package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Clients;
import dev.orrery.simulator.wire.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire to the last field, beside what the providers' documents show. */
class WireShapesTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_770_933_892), ZoneOffset.UTC);

    private final Simulator simulator = Simulator.start(0, CLOCK);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void openAiStatesTokensAfterTheFinish() throws IOException {
        saysInAStream(
                "openai",
                """
                data: {"id":"chatcmpl-sim-1","object":"chat.completion.chunk","created":1770933892,"model":"sim/2-tokens","service_tier":"default","system_fingerprint":"fp_simulated","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"padding"}

                data: {"id":"chatcmpl-sim-1","object":"chat.completion.chunk","created":1770933892,"model":"sim/2-tokens","service_tier":"default","system_fingerprint":"fp_simulated","choices":[{"index":0,"delta":{"content":"(simulated)"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"padding"}

                data: {"id":"chatcmpl-sim-1","object":"chat.completion.chunk","created":1770933892,"model":"sim/2-tokens","service_tier":"default","system_fingerprint":"fp_simulated","choices":[{"index":0,"delta":{"content":" you."},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"padding"}

                data: {"id":"chatcmpl-sim-1","object":"chat.completion.chunk","created":1770933892,"model":"sim/2-tokens","service_tier":"default","system_fingerprint":"fp_simulated","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null,"obfuscation":"padding"}

                data: {"id":"chatcmpl-sim-1","object":"chat.completion.chunk","created":1770933892,"model":"sim/2-tokens","service_tier":"default","system_fingerprint":"fp_simulated","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}},"obfuscation":"padding"}
                """);
    }

    @Test
    void anthropicNamesItsEvents() throws IOException {
        saysInAStream(
                "anthropic",
                """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_sim_1","type":"message","role":"assistant","model":"sim/2-tokens","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: ping
                data: {"type":"ping"}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"(simulated)"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" you."}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}

                event: message_stop
                data: {"type":"message_stop"}
                """);
    }

    @Test
    void geminiStatesTokensInEveryChunk() throws IOException {
        saysInAStream(
                "gemini",
                """
                data: {"candidates":[{"content":{"parts":[{"text":"(simulated)"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":1,"totalTokenCount":13,"promptTokensDetails":[{"modality":"TEXT","tokenCount":12}]},"modelVersion":"sim/2-tokens","responseId":"sim-1"}

                data: {"candidates":[{"content":{"parts":[{"text":" you."}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":2,"totalTokenCount":14,"promptTokensDetails":[{"modality":"TEXT","tokenCount":12}]},"modelVersion":"sim/2-tokens","responseId":"sim-1"}

                data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":2,"totalTokenCount":14,"promptTokensDetails":[{"modality":"TEXT","tokenCount":12}]},"modelVersion":"sim/2-tokens","responseId":"sim-1"}
                """);
    }

    @Test
    void geminiStreamsOneArrayIfNobodyAsksForEvents() throws IOException {
        // given
        Client client = client("gemini");
        String route = client.route("sim/3-tokens", true).replace("?alt=sse", "");

        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(
                        simulator,
                        new Conversations(simulator, client).path(route),
                        client.request("", true, false),
                        client.headers().toArray(String[]::new))) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.headers()).containsEntry("content-type", "application/json");
        assertThat(heard.packets()).hasSizeGreaterThan(3);
        assertThat(json(heard.text())).hasSize(4).allMatch(each -> each.has("candidates"));
    }

    @Test
    void bedrockPadsEveryEvent() throws IOException {
        // when
        List<Told> events = with("bedrock").events(with("bedrock").stream("sim/2-tokens"));

        // then
        assertThat(events)
                .containsExactly(
                        told("messageStart", "{\"role\":\"assistant\",\"p\":\"abcd\"}"),
                        told(
                                "contentBlockDelta",
                                "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"(simulated)\"},\"p\":\"abcd\"}"),
                        told(
                                "contentBlockDelta",
                                "{\"contentBlockIndex\":0,\"delta\":{\"text\":\" you.\"},\"p\":\"abcd\"}"),
                        told("contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"abcd\"}"),
                        told("messageStop", "{\"stopReason\":\"end_turn\",\"p\":\"abcd\"}"),
                        told(
                                "metadata",
                                "{\"metrics\":{\"latencyMs\":1},\"usage\":{\"inputTokens\":12,\"outputTokens\":2,\"totalTokens\":14,\"cacheReadInputTokens\":0,\"cacheWriteInputTokens\":0},\"p\":\"abcd\"}"));
    }

    @Test
    void aUiMessageHasNoKeyTooMany() throws IOException {
        saysInAStream(
                "ai-sdk",
                """
                data: {"type":"start","messageId":"msg_sim_1"}

                data: {"type":"start-step"}

                data: {"type":"text-start","id":"t1"}

                data: {"type":"text-delta","id":"t1","delta":"(simulated)"}

                data: {"type":"text-delta","id":"t1","delta":" you."}

                data: {"type":"text-end","id":"t1"}

                data: {"type":"finish-step"}

                data: {"type":"finish","finishReason":"stop","messageMetadata":{"totalUsage":{"inputTokens":12,"inputTokenDetails":{"noCacheTokens":12,"cacheReadTokens":0},"outputTokens":2,"outputTokenDetails":{"textTokens":2,"reasoningTokens":0},"totalTokens":14}}}
                """);
    }

    @Test
    void aUiMessageIsSentWithItsHeaders() throws IOException {
        assertThat(with("ai-sdk").stream("sim/ok").headers())
                .containsEntry("x-vercel-ai-ui-message-stream", "v1")
                .containsEntry("x-accel-buffering", "no")
                .containsEntry("cache-control", "no-cache");
    }

    @Test
    void groqStatesTokensTwiceOnTheFinish() throws IOException {
        // when
        List<Told> events = with("groq").events(with("groq").stream("sim/2-tokens"));

        // then
        assertThat(events.getFirst().data().path("x_groq"))
                .isEqualTo(json("{\"id\":\"req_sim_1\",\"seed\":1}"));
        JsonNode last = events.getLast().data();
        assertThat(last.at("/choices/0/finish_reason").asString("")).isEqualTo("stop");
        assertThat(last.path("usage")).isEqualTo(last.at("/x_groq/usage"));
        assertThat(last.at("/x_groq/usage/total_time").isNumber()).isTrue();
    }

    @Test
    void mistralCallsToolsOnTheFinish() throws IOException {
        // when
        Heard heard = with("mistral").ask("sim/1-tool-call", true, true);

        // then
        JsonNode last = with("mistral").events(heard).getLast().data();
        assertThat(last.path("choices"))
                .isEqualTo(
                        json(
                                """
                                [{"index":0,"delta":{"content":null,"tool_calls":[{"id":"s000001c0","function":{"name":"get_weather","arguments":"{\\"city\\":\\"simulated\\",\\"days\\":1}"}}]},"logprobs":null,"finish_reason":"tool_calls"}]
                                """));
        assertThat(last.path("usage").isObject()).isTrue();
    }

    @Test
    void openRouterSaysThatItWorksAndWhatItCosts() throws IOException {
        // when
        Heard heard = with("openrouter").stream("sim/2-tokens");

        // then
        assertThat(heard.text()).startsWith(": OPENROUTER PROCESSING\n\n");
        assertThat(heard.headers()).containsEntry("x-generation-id", "gen-sim-1");
        assertThat(with("openrouter").events(heard).getLast().data().at("/usage/cost").isNumber())
                .isTrue();
    }

    @Test
    void openRouterFailsByAChunkLikeAnyOther() throws IOException {
        // when
        Heard heard = with("openrouter").stream("sim/error-after-1");

        // then
        JsonNode last = with("openrouter").events(heard).getLast().data();
        assertThat(last.at("/error/code").asString("")).isEqualTo("server_error");
        assertThat(last.path("choices"))
                .isEqualTo(
                        json(
                                """
                                [{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"error"}]
                                """));
    }

    @Test
    void bytePlusThinksAloud() throws IOException {
        // when
        Heard heard = with("byteplus").stream("sim/2-tokens+9-reasoning-tokens");

        // then
        assertThat(with("byteplus").events(heard).getFirst().data().at("/choices/0/delta"))
                .isEqualTo(
                        json(
                                """
                                {"role":"assistant","content":"","reasoning_content":"(simulated thought) The stars can wait."}
                                """));
    }

    @Test
    void everyErrorHasItsShape() throws IOException {
        assertThat(error("openai", "sim/status-429-slow_down-retry-after-3"))
                .isEqualTo(
                        "{'error':{'message':'M','type':'requests','param':null,'code':'slow_down'}}");
        assertThat(error("openai", "sim/status-503"))
                .isEqualTo(
                        "{'error':{'message':'M','type':'service_unavailable_error','param':null,'code':'server_is_overloaded'}}");
        assertThat(error("openai", "sim/status-429-credit_balance_exhausted"))
                .isEqualTo(
                        "{'error':{'message':'M','type':'insufficient_quota','param':null,'code':'credit_balance_exhausted'}}");
        assertThat(error("groq", "sim/status-498"))
                .isEqualTo(
                        "{'error':{'message':'M','type':'capacity_exceeded','code':'capacity_exceeded'}}");
        assertThat(error("byteplus", "sim/status-400-InvalidEndpoint.ClosedEndpoint"))
                .isEqualTo(
                        "{'error':{'code':'InvalidEndpoint.ClosedEndpoint','message':'M Request ID: 021764sim1','param':'','type':'BadRequest'}}");
        assertThat(error("openrouter", "sim/status-402"))
                .isEqualTo("{'error':{'code':402,'message':'M','metadata':{}}}");
        assertThat(error("mistral", "sim/status-404"))
                .isEqualTo(
                        "{'object':'error','message':'M','type':'invalid_request_error','param':null,'code':'unknown_model'}");
        assertThat(error("anthropic", "sim/status-529"))
                .isEqualTo(
                        "{'type':'error','error':{'type':'overloaded_error','message':'M'},'request_id':'req_sim_1'}");
        assertThat(error("bedrock", "sim/status-429")).isEqualTo("{'message':'M'}");
        assertThat(error("gemini", "sim/status-429-retry-after-34"))
                .isEqualTo(
                        "{'error':{'code':429,'message':'M','status':'RESOURCE_EXHAUSTED','details':["
                                + "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':[{'quotaMetric':'generativelanguage.googleapis.com/generate_requests','quotaId':'GenerateRequestsPerMinutePerProjectPerModel'}]},"
                                + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34s'}]}}");
    }

    @Test
    void spentMoneyIsADetailOfAnthropicsRateLimit() throws IOException {
        assertThat(error("anthropic", "sim/status-429-enforced_spend_limit_reached"))
                .isEqualTo(
                        "{'type':'error','error':{'type':'rate_limit_error','message':'M','details':{'error_code':'enforced_spend_limit_reached'}},'request_id':'req_sim_1'}");
    }

    @Test
    void aSpentDayIsAQuotaOfGemini() throws IOException {
        assertThat(error("gemini", "sim/status-429-GenerateRequestsPerDayPerProjectPerModel"))
                .contains("'quotaId':'GenerateRequestsPerDayPerProjectPerModel'");
    }

    @Test
    void geminiRefusesAPromptWithoutCandidates() throws IOException {
        // when
        List<Told> events = with("gemini").events(with("gemini").stream("sim/blocked-prompt"));

        // then
        assertThat(events)
                .containsExactly(
                        told(
                                "",
                                """
                                {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":12,"totalTokenCount":12},"modelVersion":"sim/blocked-prompt","responseId":"sim-1"}
                                """));
    }

    private void saysInAStream(String provider, String expected) throws IOException {
        // when
        Heard heard = with(provider).stream("sim/2-tokens");

        // then
        assertThat(with(provider).events(heard))
                .containsExactlyElementsOf(
                        client(provider).events(expected.getBytes(StandardCharsets.UTF_8)));
    }

    /** The body of an error with quotes that are easy on the eye, and with M for its message. */
    private String error(String provider, String model) throws IOException {
        return with(provider)
                .whole(model)
                .text()
                .replaceAll("Simulated failure with status \\d+ \\[[A-Z-]+]", "M")
                .replace('"', '\'');
    }

    private Conversations with(String provider) {
        return new Conversations(simulator, client(provider));
    }

    private static Client client(String provider) {
        return Clients.all().stream()
                .filter(client -> client.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static Told told(String name, String json) {
        return new Told(name, json(json));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
