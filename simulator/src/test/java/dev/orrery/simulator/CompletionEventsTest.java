package dev.orrery.simulator;

import static dev.orrery.simulator.Completions.data;
import static dev.orrery.simulator.Completions.events;
import static dev.orrery.simulator.Completions.finishes;
import static dev.orrery.simulator.Completions.lastData;
import static dev.orrery.simulator.Completions.pieces;
import static dev.orrery.simulator.Completions.usages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.script.Fault;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands in the events of a streamed completion of OpenAI, beside what {@link
 * ProviderStreamsTest} and {@link ProviderQuirksTest} say of every provider.
 */
class CompletionEventsTest {

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void everyEventIsSentInAPacketOfItsOwn() throws IOException {
        // when
        Heard heard = stream("sim/7-tokens");

        // then
        assertThat(heard.packets()).hasSize(1 + 7 + 1 + 1 + 1);
        assertThat(data(heard.text())).hasSameSizeAs(heard.packets());
    }

    @Test
    void anErrorInTheStreamHasAType() throws IOException {
        // when
        Heard heard = stream("sim/error-after-3");

        // then
        assertThat(events(heard).getLast().at("/error/type").asString()).isEqualTo("server_error");
        assertThat(lastData(heard)).contains(Fault.SECRET_MARKER);
    }

    @Test
    void tokensAreStatedOnceEvenIfTheFinishComesTwice() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+finish-twice");

        // then
        assertThat(finishes(heard)).containsExactly("stop", "stop");
        assertThat(usages(heard)).hasSize(1);
    }

    @Test
    void everyLineEndsWithACarriageReturnIfOneDoes() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+crlf");

        // then
        assertThat(heard.text()).contains("\r\n\r\n");
        assertThat(heard.text().replace("\r\n", "")).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 3_000})
    void aScriptGetsExactlyTheTokensItAsksFor(int tokens) throws IOException {
        // when
        Heard heard = stream("sim/" + tokens + "-tokens");

        // then
        assertThat(pieces(heard)).hasSize(tokens);
        assertThat(usages(heard).getFirst().path("completion_tokens").asInt()).isEqualTo(tokens);
    }

    @Test
    void oneEventBetweenGoodOnesIsNotJson() throws IOException {
        // when
        Heard heard = stream("sim/6-tokens+broken-event-after-2");

        // then
        List<String> data = data(heard.text());
        assertThat(data).hasSize(1 + 6 + 1 + 1 + 1 + 1);
        assertThat(data.get(3)).startsWith("{").doesNotEndWith("}");
        assertThat(data.getLast()).isEqualTo("[DONE]");
    }

    @Test
    void eventsLackWhatTheClientLooksFor() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+missing-keys");

        // then
        assertThat(events(heard))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.has("choices")).isFalse());
    }

    @Test
    void theListOfChoicesIsEmpty() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+empty-choices");

        // then
        assertThat(events(heard))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.path("choices").isArray()).isTrue())
                .allSatisfy(event -> assertThat(event.path("choices")).isEmpty());
    }

    @Test
    void theTextIsNull() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+null-content");

        // then
        assertThat(Completions.deltas(heard).filter(delta -> delta.path("content").isNull()))
                .hasSize(3);
        assertThat(pieces(heard)).isEmpty();
        assertThat(finishes(heard)).containsExactly("stop");
    }

    private static Heard stream(String model) throws IOException {
        return Completions.stream(simulator, model);
    }
}
