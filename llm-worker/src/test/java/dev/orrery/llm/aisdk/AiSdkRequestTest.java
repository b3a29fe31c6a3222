package dev.orrery.llm.aisdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AiSdkRequestTest extends AiSdkBench {

    @Test
    void sendsAConversationInItsForm() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("team-1", 0.7, 0.95, Prompts.WEATHER)));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/api/chat");
        assertThat(asked.headers())
                .containsEntry("authorization", "Bearer key-1")
                .containsEntry("x-team", "mira");
        assertThat(Json.of(asked.body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"id":"chat-1","trigger":"submit-message","model":"team-1",
                                 "temperature":0.7,"topP":0.95,"topK":40,"maxOutputTokens":256,
                                 "messages":[
                                  {"id":"m0","role":"system","parts":[
                                   {"type":"text","text":"You are Mira."}]},
                                  {"id":"m1","role":"assistant","parts":[
                                   {"type":"text","text":"Welcome!"}]},
                                  {"id":"m2","role":"user","parts":[
                                   {"type":"text","text":"Hello"}]},
                                  {"id":"m3","role":"assistant","parts":[
                                   {"type":"text","text":"Hi."}]},
                                  {"id":"m4","role":"user","parts":[
                                   {"type":"text","text":"Will it rain?"}]},
                                  {"id":"m5","role":"user","parts":[
                                   {"type":"text","text":"In Oslo?"}]}],
                                 "tools":{"get_weather":{"description":"The weather now",
                                  "inputSchema":{"type":"object",
                                   "properties":{"city":{"type":"string"}},
                                   "required":["city"],"additionalProperties":false}}}}
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
                                {"id":"chat-1","trigger":"submit-message","model":"model-1",
                                 "maxOutputTokens":64,"messages":[
                                  {"id":"m0","role":"user","parts":[
                                   {"type":"text","text":"Hello"}]}]}
                                """));
    }

    @Test
    void givesEveryCallAChatOfItsOwn() {
        // given
        provider.playing(answering("Hi"));
        var client = closing(new ProviderClient("team", HttpSettings.defaults(), Ticker.system()));
        var endpoint = new AiSdkEndpoint(URI.create(provider.url()), null, Map.of());
        var model = new AiSdkChatModel(endpoint, client, Clock.systemUTC());

        // when
        Heard.of(model.stream(Prompts.plain("team-1")));
        Heard.of(model.stream(Prompts.plain("team-1")));

        // then
        assertThat(provider.asked())
                .extracting(asked -> Json.of(asked.body()).path("id").asString())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() > 36);
    }
}
