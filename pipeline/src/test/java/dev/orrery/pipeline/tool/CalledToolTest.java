package dev.orrery.pipeline.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledToolTest {

    private static CalledTool call(String id, String outcome, String arguments, String result) {
        return new CalledTool(1, id, "get_weather", arguments, result, outcome, 12);
    }

    @Test
    void readsWhatItHasWritten() {
        // given
        var calls =
                List.of(
                        call("call_1_1", "answered", "{\"city\":\"Oslo\"}", "Rain")
                                .at(List.of(2, 3)),
                        call("call_1_2", "timed_out", "{", "{}").at(List.of(4)),
                        new CalledTool(2, "call_3_1", "a", "", null, "handed_to_app", 0));

        // when
        var read = CalledTool.read(CalledTool.write(calls));

        // then
        assertThat(read).isEqualTo(calls);
        assertThat(CalledTool.read(null)).isEmpty();
        assertThat(CalledTool.read("[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "answered, 'CALLED,ANSWERED'",
        "handed_to_app, HANDED_TO_APP",
        "bad_arguments, 'CALLED,FAILED'"
    })
    void isToldInOneEventForEachOfItsStates(String outcome, String states) {
        // when
        var told = call("call_1_1", outcome, "{}", "").states();

        // then
        assertThat(told).extracting(Enum::name).containsExactly(states.split(","));
    }

    @Test
    void standsInNoMorePlacesThanItHasStates() {
        // given
        var call = call("call_1_1", "handed_to_app", "{}", "");

        // when
        assertThatThrownBy(() -> call.at(List.of(1, 2)))

                // then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("places: 2 (expected: at most 1");
    }

    @Test
    void isToldLaterOnlyWhereItCameToSomethingAndCutShort() {
        // given
        var lengthy = "😀".repeat(1_000);
        var calls =
                List.of(
                        call("call_1_1", "answered", "{\"a\":\"" + lengthy + "\"}", "x" + lengthy),
                        call("call_1_2", "bad_arguments", "{", ""),
                        call("call_1_3", "handed_to_app", "{}", "ok").at(List.of(1)));

        // when
        var later = CalledTool.later(calls);

        // then
        assertThat(later).extracting(CalledTool::id).containsExactly("call_1_1", "call_1_3");
        assertThat(later.getFirst().arguments()).isEqualTo("{}");
        assertThat(later.getFirst().result()).isEqualTo("x" + "😀".repeat(499) + "…");
        assertThat(later.getLast().places()).isEmpty();
    }
}
