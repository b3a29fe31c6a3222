package dev.orrery.llm.aisdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.StreamingClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AiSdkChatModelTest extends ChatModelContract {

    private static final String FINISH_STOP =
            data(
                    """
                    {"type":"finish","finishReason":"stop","messageMetadata":{"totalUsage":\
                    {"inputTokens":31,"outputTokens":6,"totalTokens":37,"reasoningTokens":2,\
                    "cachedInputTokens":16}}}\
                    """);
    private static final String DONE = data("[DONE]");

    @Override
    protected ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new StreamingClient("team", settings, ticker));
        var endpoint =
                new AiSdkEndpoint(URI.create(url + "/api/chat"), "key-1", Map.of("x-team", "mira"));
        return new AiSdkChatModel(endpoint, client, Clock.systemUTC(), ticker, () -> "chat-1");
    }

    @Override
    protected PlayedAnswer answering(String... texts) {
        var events = opening(texts);
        events.add(data("{\"type\":\"text-end\",\"id\":\"t1\"}"));
        events.add(data("{\"type\":\"finish-step\"}"));
        events.add(FINISH_STOP);
        events.add(DONE);
        return PlayedAnswer.events(events.toArray(String[]::new));
    }

    @Override
    protected PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(opening(texts).toArray(String[]::new));
    }

    private static List<String> opening(String... texts) {
        var events =
                new ArrayList<>(
                        List.of(
                                data("{\"type\":\"start\",\"messageId\":\"m1\"}"),
                                data("{\"type\":\"start-step\"}"),
                                data("{\"type\":\"text-start\",\"id\":\"t1\"}")));
        for (var text : texts) {
            events.add(text(text));
        }
        return events;
    }

    private static String text(String text) {
        return data("{\"type\":\"text-delta\",\"id\":\"t1\",\"delta\":\"%s\"}".formatted(text));
    }

    private static String data(String data) {
        return ServerSent.data(data);
    }

    @Override
    protected List<byte[]> errorEvent() {
        return ServerSent.bytes(
                data("{\"type\":\"error\",\"errorText\":\"%s\"}".formatted(MARKER)));
    }

    @Override
    protected Class<? extends ModelFailure> errorEventMeans() {
        return ModelFailure.ServerError.class;
    }

    @Override
    protected List<byte[]> brokenEvent() {
        return ServerSent.bytes(data("{\"type\":\"text-delta\",\"delta\":" + MARKER));
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"finish\",\"messageMetadata\":{\"usage\":%s}}",
                "{\"type\":\"finish\",\"messageMetadata\":{\"totalUsage\":%s}}",
                "{\"type\":\"message-metadata\",\"messageMetadata\":{\"usage\":%s}}",
                "{\"type\":\"data-usage\",\"data\":%s}"
            })
    void readsUsageWhereverAServicePutsIt(String event) {
        // given
        var usage =
                """
                {"inputTokens":31,"outputTokens":6,"totalTokens":37,\
                "inputTokenDetails":{"noCacheTokens":15,"cacheReadTokens":16},\
                "outputTokenDetails":{"textTokens":4,"reasoningTokens":2}}\
                """;

        // when
        var heard = hear(PlayedAnswer.events(text("Hi"), data(event.formatted(usage))));

        // then
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(31, 6, 16L, 2L));
    }

    @Test
    void readsUsageOfOlderVersions() {
        assertThat(hear(answering("Hi")).usage()).isEqualTo(new ModelChunk.Usage(31, 6, 16L, 2L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"finish\",\"finishReason\":\"stop\"}",
                "{\"type\":\"finish\",\"messageMetadata\":{\"usage\":{\"inputTokens\":3}}}",
                "{\"type\":\"finish\",\"messageMetadata\":{\"usage\":"
                        + "{\"inputTokens\":\"3\",\"outputTokens\":-1}}}",
                "{\"type\":\"finish\",\"messageMetadata\":null}"
            })
    void leavesUsageUnknownWhereItIsNotStated(String finish) {
        // when
        var heard = hear(PlayedAnswer.events(text("Hi"), data(finish), DONE));

        // then
        assertThat(heard.usage()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "tool-calls, TOOL",
        "content-filter, FILTERED",
        "error, ERROR",
        "other, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        // given
        var finish = data("{\"type\":\"finish\",\"finishReason\":\"%s\"}".formatted(wire));

        // when / then
        assertThat(hear(PlayedAnswer.events(text("Hi"), finish)).finishes())
                .containsExactly(reason);
    }

    @Test
    void takesAFinishWithoutReasonAndTextForAnError() {
        assertThat(hear(PlayedAnswer.events(data("{\"type\":\"finish\"}"))).finishes())
                .containsExactly(FinishReason.ERROR);
    }

    @Test
    void isNotFinishedByTheEndMarker() {
        // given
        var events = opening("Once ");
        events.add(DONE);

        // when
        var heard = hear(PlayedAnswer.events(events.toArray(String[]::new)));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    void failsWhenTheServiceBreaksOff() {
        assertFails(
                PlayedAnswer.events(
                        data("{\"type\":\"abort\",\"reason\":\"%s\"}".formatted(MARKER))),
                ModelFailure.TruncatedStream.class);
    }

    @Test
    void failsWhenTheServiceTakesBackWhatWasShown() {
        // when
        var heard = hear(PlayedAnswer.events(text("Once "), data("{\"type\":\"reset-step\"}")));

        // then
        assertThat(heard.text()).isEqualTo("Once ");
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.TruncatedStream.class);
    }

    @Test
    void letsTheServiceTakeBackWhatNobodySaw() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                data(
                                        "{\"type\":\"reasoning-delta\",\"id\":\"r\",\"delta\":\"Hm.\"}"),
                                data("{\"type\":\"reset-step\"}"),
                                text("Yes."),
                                FINISH_STOP));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void sendsTheInputOfACallOnce() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                data(
                                        """
                                        {"type":"tool-input-start","toolCallId":"c1",\
                                        "toolName":"get_weather"}\
                                        """),
                                piece("c1", "{\\\"city\\\":"),
                                piece("c1", "\\\"Oslo\\\"}"),
                                available("c1", "get_weather", "{\"city\":\"Oslo\"}"),
                                available("c2", "get_time", "{\"zone\":\"CET\"}"),
                                data(
                                        """
                                        {"type":"tool-input-start","toolCallId":"c3",\
                                        "toolName":"get_tide"}\
                                        """),
                                available("c3", "get_tide", "{}"),
                                data("{\"type\":\"finish\",\"finishReason\":\"tool-calls\"}")));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "c1", "get_weather", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{\"city\":"),
                        new ModelChunk.ToolFragment(0, null, null, "\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "c2", "get_time", "{\"zone\":\"CET\"}"),
                        new ModelChunk.ToolFragment(2, "c3", "get_tide", ""),
                        new ModelChunk.ToolFragment(2, null, null, "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    private static String piece(String call, String text) {
        return data(
                """
                {"type":"tool-input-delta","toolCallId":"%s","inputTextDelta":"%s"}\
                """
                        .formatted(call, text));
    }

    private static String available(String call, String tool, String input) {
        return data(
                """
                {"type":"tool-input-available","toolCallId":"%s","toolName":"%s","input":%s}\
                """
                        .formatted(call, tool, input));
    }

    @Test
    void passesOverWhatIsNoText() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                data("{\"type\":\"source-url\",\"sourceId\":\"s\",\"url\":\"u\"}"),
                                data("{\"type\":\"data-weather\",\"data\":{\"c\":3}}"),
                                data("{\"type\":\"something-new\",\"extra\":{\"deep\":[1]}}"),
                                text("Hi"),
                                FINISH_STOP,
                                DONE));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }
}
