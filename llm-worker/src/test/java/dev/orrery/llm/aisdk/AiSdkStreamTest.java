package dev.orrery.llm.aisdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.PlayedAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AiSdkStreamTest extends AiSdkBench {

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

    @Test
    void tellsTheIdOfTheMessageWhereNoHeaderHasOne() {
        assertThat(hear(answering("Hi")).requestIds()).containsExactly("m1");
    }

    @Test
    void tellsNoCallThatTheServiceRunsItself() {
        // given
        var own =
                data(
                        """
                        {"type":"tool-input-available","toolCallId":"c1","toolName":"search",\
                        "input":{},"providerExecuted":true}\
                        """);

        // when
        var heard = hear(PlayedAnswer.events(own, available("c2", "now", "{}"), FINISH_STOP));

        // then
        assertThat(heard.fragments())
                .containsExactly(new ModelChunk.ToolFragment(0, "c2", "now", "{}"));
    }
}
