package dev.orrery.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    @Test
    void readsLengthAndPace() {
        // when
        Script script = Script.parse("60-tokens-150ms+headers-after-2s+first-token-after-300ms");

        // then
        assertThat(script)
                .isEqualTo(
                        Script.OK
                                .withTokens(60)
                                .headersAfter(Duration.ofSeconds(2))
                                .firstTokenAfter(Duration.ofMillis(300))
                                .tokensEvery(Duration.ofMillis(150)));
        assertThat(Script.parse("5-tokens+every-1s")).isEqualTo(Script.parse("5-tokens-1000ms"));
    }

    @Test
    void readsWhatElseAnAnswerHas() {
        assertThat(Script.parse("3-cached-tokens+40-reasoning-tokens+2-tool-calls"))
                .isEqualTo(Script.OK.withCachedTokens(3).withReasoningTokens(40).callingTools(2));
        assertThat(Script.parse("1-tool-call")).isEqualTo(Script.OK.callingTools(1));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("status-500", new Fault.Status(500)),
                Arguments.of(
                        "status-429-slow_down-retry-after-7",
                        new Fault.Status(429, "slow_down", Duration.ofSeconds(7))),
                Arguments.of("reset", Fault.Instead.RESET),
                Arguments.of("hang", Fault.Instead.HANG),
                Arguments.of("html", Fault.Instead.HTML),
                Arguments.of("redirect", Fault.Instead.REDIRECT),
                Arguments.of("cut-after-5", new Fault.CutAfter(5)),
                Arguments.of("end-after-5", new Fault.EndAfter(5)),
                Arguments.of("error-after-5", new Fault.ErrorAfter(5)),
                Arguments.of(
                        "error-after-0-throttlingException",
                        new Fault.ErrorAfter(0, "throttlingException")),
                Arguments.of(
                        "status-404-InvalidEndpoint.ClosedEndpoint",
                        new Fault.Status(404, "InvalidEndpoint.ClosedEndpoint", null)),
                Arguments.of("finish-content-filter", new Fault.FinishWith("content-filter")),
                Arguments.of("finish-twice", Fault.Quirk.FINISH_TWICE),
                Arguments.of("silence-after-5", new Fault.SilenceAfter(5, null)),
                Arguments.of(
                        "silence-after-5-keep-alive-1s",
                        new Fault.SilenceAfter(5, Duration.ofSeconds(1))),
                Arguments.of("broken-event-after-5", new Fault.BrokenEventAfter(5)),
                Arguments.of("finish-content_filter", new Fault.FinishWith("content_filter")),
                Arguments.of("enormous-event", new Fault.EnormousEvent(4_096)),
                Arguments.of("enormous-event-64-kib", new Fault.EnormousEvent(64)),
                Arguments.of("split-events", new Fault.SplitEvents(7)),
                Arguments.of("split-events-3-bytes", new Fault.SplitEvents(3)),
                Arguments.of("usage-twice", Fault.Quirk.USAGE_TWICE),
                Arguments.of("split-utf8", Fault.Quirk.SPLIT_UTF8));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void readsEveryFault(String text, Fault fault) {
        assertThat(Script.parse(text).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "5-tokens+",
                "status-200",
                "status-600",
                "100001-tokens",
                "17-tool-calls",
                "every-601s",
                "enormous-event-0-kib",
                "split-events-0-bytes",
                "silence-after-1-keep-alive-0ms",
                "reset+hang"
            })
    void saysWhatItCannotRead(String text) {
        assertThatThrownBy(() -> Script.parse(text)).isInstanceOf(ScriptUnreadable.class);
    }

    @Test
    void refusesANovel() {
        assertThatThrownBy(() -> Script.parse("ok+".repeat(100)))
                .isInstanceOf(ScriptUnreadable.class)
                .hasMessageContaining("200");
    }

    @Test
    void hasMoreTextThanComesBeforeTheFault() {
        assertThat(Script.parse("cut-after-500").tokensOf(50)).isEqualTo(501);
        assertThat(Script.parse("cut-after-5").tokensOf(50)).isEqualTo(50);
        assertThat(Script.parse("status-500").tokensOf(50)).isEqualTo(50);
    }

    @Test
    void readsTheHeaderAsJsonOrAsALanguage() {
        // given
        Scripts scripts = new Scripts(Script.OK);

        // when
        Script json =
                scripts.next(
                        "m",
                        "{\"tokens\":20,\"tool_calls\":2,\"every\":\"10ms\",\"fault\":\"cut-after-5\"}",
                        "m");
        Script language = scripts.next("m", "20-tokens-10ms+2-tool-calls+cut-after-5", "m");

        // then
        assertThat(json).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"tokens\":\"x\"}", "{\"colour\":1}", "{\"fault\":7}"})
    void saysWhatIsWrongWithAHeader(String header) {
        assertThatThrownBy(() -> new Scripts(Script.OK).next("m", header, "m"))
                .isInstanceOf(ScriptUnreadable.class);
    }

    @Test
    void letsTheClosestOneDecide() {
        // given
        Scripts scripts = new Scripts(Script.OK);
        scripts.always(Script.parse("1-tokens"));
        scripts.next(List.of(Script.parse("3-tokens")));
        scripts.plan("planned", Script.parse("4-tokens"), Script.parse("5-tokens"));

        // then
        assertThat(scripts.next("planned", "6-tokens", "sim/2-tokens").tokens()).isEqualTo(6);
        assertThat(scripts.next("planned", null, "sim/2-tokens").tokens()).isEqualTo(4);
        assertThat(scripts.next("planned", null, "sim/2-tokens").tokens()).isEqualTo(5);
        assertThat(scripts.next("planned", null, "sim/2-tokens").tokens()).isEqualTo(5);
        assertThat(scripts.next("other", null, "sim/2-tokens").tokens()).isEqualTo(3);
        assertThat(scripts.next("other", null, "sim/2-tokens").tokens()).isEqualTo(2);
        assertThat(scripts.next("other", null, "sim-2-tokens").tokens()).isEqualTo(2);
        assertThat(scripts.next("other", null, "other").tokens()).isEqualTo(1);
    }

    @Test
    void forgetsEveryPlan() {
        // given
        Scripts scripts = new Scripts(Script.OK);
        scripts.always(Script.parse("1-tokens"));
        scripts.next(List.of(Script.parse("2-tokens")));
        scripts.plan("m", Script.parse("3-tokens"));

        // when
        scripts.forget();

        // then
        assertThat(scripts.next("m", null, "m")).isEqualTo(Script.OK);
    }
}
