package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.provider.ProviderSettings;
import dev.orrery.llm.provider.Providers;
import dev.orrery.llm.time.Ticker;
import dev.orrery.simulator.Simulator;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question, a call for a tool, its result, an answer: through the gateway, over every protocol,
 * with simulated providers.
 */
class ToolRoundTripTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Simulator SIMULATOR = Simulator.start(0);
    private static final Providers PROVIDERS =
            Providers.open(settings(), HttpSettings.defaults(), Clock.systemUTC(), Ticker.system());
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway =
                new RunningGateway(
                        "rates.service.burst=1000",
                        "rates.service.refill=1000",
                        "limits.connect=30s", // what is late here is a busy machine
                        "limits.first-token=30s");
        for (var provider : settings().keySet()) {
            gateway.model(provider, PROVIDERS.of(provider).orElseThrow());
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        PROVIDERS.close();
        SIMULATOR.close();
    }

    private static Map<String, ProviderSettings> settings() {
        var keys = new LinkedHashMap<String, String>();
        provider(keys, "openai", "openai", SIMULATOR.url("openai"));
        provider(keys, "mistral", "openai", SIMULATOR.url("mistral"));
        provider(keys, "anthropic", "anthropic", SIMULATOR.url("anthropic"));
        provider(keys, "gemini", "gemini", SIMULATOR.url("gemini"));
        provider(keys, "ai-sdk", "ai-sdk", SIMULATOR.url("ai-sdk"));
        keys.put("providers.bedrock.protocol", "bedrock");
        keys.put("providers.bedrock.api-key", "any");
        keys.put("providers.bedrock.aws.region", "ap-south-1");
        keys.put("providers.bedrock.aws.endpoint", SIMULATOR.url("bedrock"));
        return new Binder(new MapConfigurationPropertySource(keys))
                .bind("providers", Bindable.mapOf(String.class, ProviderSettings.class))
                .get();
    }

    private static void provider(
            Map<String, String> keys, String code, String protocol, String url) {
        keys.put("providers." + code + ".protocol", protocol);
        keys.put("providers." + code + ".base-url", url);
        keys.put("providers." + code + ".api-key", "any");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, true",
        "openai, false",
        "mistral, true",
        "anthropic, true",
        "anthropic, false",
        "gemini, true",
        "gemini, false",
        "ai-sdk, true",
        "bedrock, true",
        "bedrock, false"
    })
    void answersWhatTheToolsReturned(String provider, boolean streaming) {
        // given
        var question = question(provider, streaming);
        var calling = message(gateway.post(question.toString()));

        // when
        question.withArray("messages").add(calling);
        for (var call : calling.path("tool_calls")) {
            question.withArray("messages")
                    .addObject()
                    .put("role", "tool")
                    .put("tool_call_id", call.path("id").asString())
                    .put("content", "3 degrees in Oslo");
        }
        var answer = message(gateway.post(question.toString()));

        // then
        assertThat(calling.path("tool_calls")).hasSize(2);
        assertThat(answer.has("tool_calls")).isFalse();
        assertThat(answer.path("content").asString())
                .contains("Weather?", "A tool returned: “3 degrees in Oslo”");
    }

    /** A simulated model of Gemini's refuses a call whose signature is another one. */
    @Test
    void bringsTheSignatureOfACallBackToTheModelThatHasMadeIt() {
        // given
        var question = question("gemini", true);
        var calling = message(gateway.post(question.toString()));

        // when
        question.withArray("messages").add(calling);
        for (var call : calling.path("tool_calls")) {
            question.withArray("messages")
                    .addObject()
                    .put("role", "tool")
                    .put("tool_call_id", call.path("id").asString())
                    .put("content", "3 degrees in Oslo");
        }
        message(gateway.post(question.toString()));

        // then
        var sealed = calling.at("/tool_calls/0/signature").asString("");
        var asked =
                JSON.readTree(
                        SIMULATOR
                                .service("gemini")
                                .calls()
                                .of("sim/2-tool-calls")
                                .getLast()
                                .received()
                                .body());
        var returned = asked.at("/contents/1/parts/0/thoughtSignature").asString("");
        assertThat(sealed).startsWith("gemini:").endsWith(":" + returned);
        assertThat(returned).isNotEqualTo("skip_thought_signature_validator").isNotEmpty();
        assertThat(calling.at("/tool_calls/1").has("signature")).isFalse();
    }

    private static ObjectNode question(String provider, boolean streaming) {
        return (ObjectNode)
                JSON.readTree(
                        """
                        {"provider":"%s","model":"sim/2-tool-calls","fallbacks":[],
                         "metadata":{"streaming":%s},
                         "messages":[{"role":"user","content":"Weather?"}],
                         "tools":[{"type":"function","function":{"name":"get_weather",
                          "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]}
                        """
                                .formatted(provider, streaming));
    }

    private static JsonNode message(RunningGateway.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("choices").path(0).path("message");
    }
}
