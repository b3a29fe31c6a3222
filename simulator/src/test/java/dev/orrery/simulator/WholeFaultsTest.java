package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Every fault that means something for a completion in one body. */
class WholeFaultsTest {

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok",
                "usage-twice",
                "finish-twice",
                "text-after-finish",
                "comments",
                "crlf",
                "joined-events",
                "split-events-5-bytes"
            })
    void saysItAllWhereTheFaultIsNoneForABody(String fault) throws IOException {
        // when
        JsonNode said = json("sim/12-tokens+" + fault);

        // then
        assertThat(said.at("/choices/0/message/content").asString()).startsWith("(simulated) ");
        assertThat(said.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(said.at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(said.at("/usage/total_tokens").asInt())
                .isEqualTo(12 + said.at("/usage/prompt_tokens").asInt());
    }

    @Test
    void saysTheSameAsAStream() throws IOException {
        // given
        String streamed =
                String.join("", Completions.pieces(Completions.stream(simulator, "gpt-4.1-mini")));

        // when
        String whole = json("gpt-4.1-mini").at("/choices/0/message/content").asString();

        // then
        assertThat(whole).isEqualTo(streamed);
    }

    @Test
    void isCutInItsMiddle() throws IOException {
        // when
        Heard heard = whole("sim/cut-after-3");

        // then
        assertThat(heard.end()).isEqualTo(End.CUT);
        assertThat(heard.bytes()).isNotEmpty();
    }

    @Test
    void endsInItsMiddleAndHttpIsContent() throws IOException {
        // when
        Heard heard = whole("sim/broken-event-after-3");

        // then
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThatThrownBy(() -> Completions.json(heard)).isInstanceOf(JacksonException.class);
    }

    @Test
    void fallsSilentInItsMiddleUntilTheClientLeaves() throws IOException {
        // given
        String model = "sim/silence-after-3";
        RawCall call = Completions.begin(simulator, Completions.body(model, false));
        call.readHead();

        // when
        call.close();

        // then
        await().until(() ->
                simulator.openai().calls().of(model).getLast().state() == CallState.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim/error-first", "sim/error-after-3"})
    void isAnErrorWithStatus200(String model) throws IOException {
        // when
        Heard heard = whole(model);

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(Completions.json(heard).has("error")).isTrue();
        assertThat(heard.text()).contains(Fault.SECRET_MARKER);
    }

    @Test
    void hasNoFinishAndNoTokens() throws IOException {
        // when
        JsonNode said = json("sim/20-tokens+end-after-2");

        // then
        assertThat(said.at("/choices/0/message/content").asString().split(" ")).hasSize(2);
        assertThat(said.at("/choices/0/finish_reason").isNull()).isTrue();
        assertThat(said.has("usage")).isFalse();
    }

    @Test
    void finishesForAnotherReason() throws IOException {
        assertThat(json("sim/finish-length").at("/choices/0/finish_reason").asString())
                .isEqualTo("length");
    }

    @Test
    void hasEmptyText() throws IOException {
        assertThat(json("sim/empty-answer").at("/choices/0/message/content").asString("none"))
                .isEmpty();
    }

    @Test
    void hasNullForText() throws IOException {
        assertThat(json("sim/null-content").at("/choices/0/message/content").isNull()).isTrue();
    }

    @Test
    void hasNoChoices() throws IOException {
        JsonNode choices = json("sim/empty-choices").path("choices");
        assertThat(choices.isArray()).isTrue();
        assertThat(choices).isEmpty();
    }

    @Test
    void lacksTheKey() throws IOException {
        assertThat(json("sim/missing-keys").has("choices")).isFalse();
    }

    @Test
    void doesNotStateTokens() throws IOException {
        assertThat(json("sim/no-usage").has("usage")).isFalse();
    }

    @Test
    void isEnormous() throws IOException {
        assertThat(whole("sim/enormous-event-64-kib").bytes().length).isGreaterThan(64 << 10);
    }

    @Test
    void hasTheWrongContentType() throws IOException {
        // when
        Heard heard = whole("sim/wrong-content-type");

        // then
        assertThat(heard.headers().get("content-type")).startsWith("text/plain");
        assertThat(Completions.json(heard).has("choices")).isTrue();
    }

    @Test
    void splitsACharacter() throws IOException {
        // when
        Heard heard = whole("sim/3-tokens+split-utf8");

        // then
        assertThat(heard.packets()).anySatisfy(each -> assertThat(each[0] & 0xC0).isEqualTo(0x80));
        assertThat(heard.text()).contains("☉");
    }

    @Test
    void holdsAByteThatIsNoUtf8() throws IOException {
        assertThat(whole("sim/3-tokens+invalid-utf8").bytes()).contains((byte) 0xFF);
    }

    @Test
    void canBeAStatusAPageOrNothing() throws IOException {
        assertThat(whole("sim/status-500").status()).isEqualTo(500);
        assertThat(whole("sim/html").text()).startsWith("<!DOCTYPE html>");
        assertThat(whole("sim/redirect").status()).isEqualTo(307);
        assertThat(whole("sim/reset").end()).isEqualTo(End.RESET);
    }

    private static Heard whole(String model) throws IOException {
        return Completions.whole(simulator, model);
    }

    private static JsonNode json(String model) throws IOException {
        return Completions.json(whole(model));
    }
}
