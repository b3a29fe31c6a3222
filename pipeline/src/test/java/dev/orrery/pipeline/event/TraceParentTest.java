package dev.orrery.pipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of the W3C recommendation. */
class TraceParentTest {

    private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void isWrittenAsItWasRead() {
        assertThat(TraceParent.parse(HEADER)).hasToString("Optional[" + HEADER + "]");
    }

    @Test
    void goesOneSpanFurtherInTheSameTrace() {
        // given
        var trace = TraceParent.parse(HEADER).orElseThrow();

        // when
        var next = trace.withParent("b7ad6b7169203331");

        // then
        assertThat(next).hasToString("00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-01");
    }

    @Test
    void keepsTheDecisionNotToSample() {
        // given
        var unsampled = HEADER.replaceFirst("01$", "02");

        // when
        var trace = TraceParent.parse(unsampled).orElseThrow();

        // then
        assertThat(trace.sampled()).isFalse();
    }

    @Test
    void readsWhatItKnowsOfALaterVersion() {
        assertThat(TraceParent.parse("cc" + HEADER.substring(2) + "-what-comes-later"))
                .map(TraceParent::traceId)
                .contains("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void beginsTheTraceOfATurnWithItsId() {
        // given
        var turn = "01936c2e-8f4a-7cc3-98c4-dc0c0c07398f";

        // when
        var root = TraceParent.rootOf(turn);

        // then
        assertThat(root.traceId()).isEqualTo("01936c2e8f4a7cc398c4dc0c0c07398f");
        assertThat(root).isEqualTo(TraceParent.rootOf(turn));
        assertThat(TraceParent.parse(root.toString())).contains(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wallet-1", "", "00000000-0000-0000-0000-000000000000"})
    void beginsATraceThatCanBeWrittenForAnythingElse(String correlationId) {
        // when
        var root = TraceParent.rootOf(correlationId);

        // then
        assertThat(TraceParent.parse(root.toString())).contains(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void isNotReadFromAnythingElse(String header) {
        assertThat(TraceParent.parse(header)).isEmpty();
    }
}
