package dev.orrery.llm.testing;

import static dev.orrery.llm.testing.AdapterBench.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every adapter tells beside text: calls for tools, and the provider's id of a request. {@link
 * AdapterBench} has what is asked of it here.
 */
public interface DetailsContract {

    PlayedAnswer answering(String... texts);

    PlayedAnswer beginning(String... texts);

    PlayedAnswer whole(String text);

    PlayedAnswer calling();

    PlayedAnswer wholeCalling();

    String requestIdHeader();

    Heard hear(PlayedAnswer answer);

    Heard hearWhole(PlayedAnswer answer);

    @Test
    default void tellsACallForATool() {
        // when
        var heard = hear(calling());

        // then
        assertCallsForTheWeather(heard);
    }

    @Test
    default void tellsACallForAToolOfAWholeAnswer() {
        // when
        var heard = hearWhole(wholeCalling());

        // then
        assertCallsForTheWeather(heard);
    }

    private static void assertCallsForTheWeather(Heard heard) {
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
        var fragments = heard.fragments();
        assertThat(fragments).extracting(ModelChunk.ToolFragment::index).containsOnly(0);
        assertThat(fragments.getFirst().id()).isNotBlank();
        assertThat(fragments.stream().map(ModelChunk.ToolFragment::name).filter(Objects::nonNull))
                .containsExactly("get_weather");
        var arguments =
                fragments.stream()
                        .map(ModelChunk.ToolFragment::arguments)
                        .collect(Collectors.joining());
        assertThat(Json.of(arguments)).isEqualTo(Json.of("{\"city\":\"Oslo\"}"));
    }

    @Test
    default void tellsTheProvidersIdOfTheRequestFirst() {
        // when
        var streamed = hear(answering("Hi").with(requestIdHeader(), "req_7"));
        var whole = hearWhole(whole("Hi").with(requestIdHeader(), "req_8"));

        // then
        assertThat(streamed.chunks()).first().isEqualTo(new ModelChunk.Started("req_7"));
        assertThat(streamed.requestIds()).hasSize(1);
        assertThat(whole.requestIds()).first().isEqualTo("req_8");
        assertThat(whole.text()).isEqualTo("Hi");
    }

    @Test
    default void namesTheRequestInPlaceOfAnAnswer() {
        // when
        var heard =
                hear(PlayedAnswer.of(500, "text/plain", MARKER).with(requestIdHeader(), "req_7"));

        // then
        assertNames("req_7", heard);
    }

    @Test
    default void namesTheRequestWhoseStreamIsCut() {
        // when
        var heard = hear(beginning("Once ").with(requestIdHeader(), "req_7").thenCut());

        // then
        assertNames("req_7", heard);
    }

    private static void assertNames(String id, Heard heard) {
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.requestId()).isEqualTo(id))
                .message()
                .contains(id)
                .doesNotContain(MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "<b>", "-", "{\"a\":1}"})
    default void takesNothingForAnIdThatIsNone(String value) {
        // when
        var heard = hear(PlayedAnswer.of(500, "text/plain", MARKER).with(requestIdHeader(), value));

        // then
        assertThat(heard.failure()).message().doesNotContain("request");
    }
}
