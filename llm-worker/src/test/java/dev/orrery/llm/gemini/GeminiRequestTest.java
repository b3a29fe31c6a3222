package dev.orrery.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.Prompts;
import org.junit.jupiter.api.Test;

class GeminiRequestTest extends GeminiBench {

    @Test
    void sendsAConversationInItsForm() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("models/gemini-x", 0.7, 0.95, Prompts.WEATHER)));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/v1beta/models/gemini-x:streamGenerateContent?alt=sse");
        assertThat(asked.headers())
                .containsEntry("x-goog-api-key", "key-1")
                .containsEntry("x-more", "1")
                .doesNotContainKey("authorization");
        assertThat(Json.of(asked.body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"systemInstruction":{"parts":[{"text":"You are Mira."}]},
                                 "contents":[
                                  {"role":"user","parts":[{"text":"Hello"}]},
                                  {"role":"model","parts":[{"text":"Hi."}]},
                                  {"role":"user","parts":[{"text":"Will it rain?"},
                                                          {"text":"In Oslo?"}]}],
                                 "generationConfig":{"temperature":0.7,"topP":0.95,"topK":40,
                                  "maxOutputTokens":256},
                                 "tools":[{"functionDeclarations":[{"name":"get_weather",
                                  "description":"The weather now",
                                  "parametersJsonSchema":{"type":"object",
                                   "properties":{"city":{"type":"string"}},
                                   "required":["city"],"additionalProperties":false}}]}]}
                                """));
    }

    @Test
    void leavesOutWhatIsNotSaid() {
        // when
        hear(answering("Hi"));

        // then
        assertThat(Json.of(provider.asked().getFirst().body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"contents":[{"role":"user","parts":[{"text":"Hello"}]}],
                                 "generationConfig":{"maxOutputTokens":64}}
                                """));
    }

    @Test
    void letsNoNameOfAModelLeadElsewhere() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.plain("../../v1/files?x=")));

        // then
        assertThat(provider.asked().getFirst().uri())
                .isEqualTo(
                        "/v1beta/models/..%2F..%2Fv1%2Ffiles%3Fx%3D:streamGenerateContent?alt=sse");
    }

    @Test
    void asksForNoStreamWhereNoneIsWanted() {
        // when
        hearWhole(whole("Hi"));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/v1beta/models/model-1:generateContent");
        assertThat(asked.headers()).containsEntry("accept", "application/json");
    }
}
