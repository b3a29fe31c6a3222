package dev.orrery.simulator;

import static dev.orrery.simulator.Completions.data;
import static dev.orrery.simulator.Completions.events;
import static dev.orrery.simulator.Completions.finishes;
import static dev.orrery.simulator.Completions.lastData;
import static dev.orrery.simulator.Completions.pieces;
import static dev.orrery.simulator.Completions.usages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault, as a client of a streamed completion sees it on its connection. */
class StreamFaultsTest {

    private static final String DONE = "[DONE]";

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.reset();
    }

    @Test
    void aFaultlessStreamSaysRoleTextFinishTokensAndEnd() throws IOException {
        // when
        Heard heard = stream("sim/7-tokens");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers().get("content-type")).startsWith("text/event-stream");
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThat(heard.packets()).hasSize(1 + 7 + 1 + 1 + 1);
        assertThat(events(heard).getFirst().at("/choices/0/delta/role").asString())
                .isEqualTo("assistant");
        assertThat(pieces(heard)).hasSize(7);
        assertThat(finishes(heard)).containsExactly("stop");
        assertThat(usages(heard))
                .singleElement()
                .satisfies(
                        usage -> assertThat(usage.path("completion_tokens").asInt()).isEqualTo(7));
        assertThat(events(heard).getLast().path("choices")).isEmpty();
        assertThat(lastData(heard)).isEqualTo(DONE);
        assertThat(simulator.openai().calls().of("sim/7-tokens"))
                .singleElement()
                .satisfies(call -> assertThat(call.state()).isEqualTo(CallState.ANSWERED));
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
    void anErrorStatusCarriesCodeHintAndMarker() throws IOException {
        // when
        Heard heard = stream("sim/status-429-slow_down-retry-after-3");

        // then
        assertThat(heard.status()).isEqualTo(429);
        assertThat(heard.headers()).containsEntry("retry-after", "3");
        assertThat(Completions.json(heard).at("/error/code").asString()).isEqualTo("slow_down");
        assertThat(heard.text()).contains(Fault.SECRET_MARKER);
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void anErrorStatusWithoutHintHasNoHeaderForIt() throws IOException {
        // when
        Heard heard = stream("sim/status-503");

        // then
        assertThat(heard.status()).isEqualTo(503);
        assertThat(heard.headers()).doesNotContainKey("retry-after");
        assertThat(Completions.json(heard).at("/error/type").asString())
                .isEqualTo("service_unavailable_error");
    }

    @Test
    void theConnectionIsResetBeforeAnyHeader() throws IOException {
        // when
        Heard heard = stream("sim/reset");

        // then
        assertThat(heard.end()).isEqualTo(End.RESET);
        assertThat(heard.status()).isZero();
        assertThat(state("sim/reset")).isEqualTo(CallState.CUT);
    }

    @Test
    void nothingIsSaidUntilTheClientLeaves() throws IOException {
        // given
        RawCall call = Completions.begin(simulator, Completions.body("sim/hang", true));
        await().until(() -> simulator.openai().calls().count("sim/hang") == 1);
        assertThat(state("sim/hang")).isEqualTo(CallState.OPEN);

        // when
        call.close();

        // then
        await().until(() -> state("sim/hang") == CallState.CANCELLED);
    }

    @Test
    void aPageForPeopleComesWithStatus200() throws IOException {
        // when
        Heard heard = stream("sim/html");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers().get("content-type")).startsWith("text/html");
        assertThat(heard.text()).startsWith("<!DOCTYPE html>").contains(Fault.SECRET_MARKER);
    }

    @Test
    void whoeverFollowsARedirectIsCounted() throws IOException {
        // given
        Heard redirect = stream("sim/redirect");
        assertThat(redirect.status()).isEqualTo(307);
        String location = redirect.headers().getOrDefault("location", "");
        assertThat(simulator.openai().calls().count("redirected")).isZero();

        // when
        try (RawCall followed = RawCall.post(simulator, location, "{}")) {
            followed.readAll();
        }

        // then
        assertThat(simulator.openai().calls().count("redirected")).isEqualTo(1);
    }

    @Test
    void theSocketClosesInTheMiddle() throws IOException {
        // when
        Heard heard = stream("sim/20-tokens+cut-after-5");

        // then
        assertThat(heard.end()).isEqualTo(End.CUT);
        assertThat(pieces(heard)).hasSize(5);
        assertThat(finishes(heard)).isEmpty();
        assertThat(state("sim/20-tokens+cut-after-5")).isEqualTo(CallState.CUT);
    }

    @Test
    void theBodyEndsWellWithoutAFinish() throws IOException {
        // when
        Heard heard = stream("sim/20-tokens+end-after-5");

        // then
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
        assertThat(pieces(heard)).hasSize(5);
        assertThat(finishes(heard)).isEmpty();
        assertThat(usages(heard)).isEmpty();
        assertThat(lastData(heard)).isNotEqualTo(DONE);
    }

    @Test
    void anErrorComesAfterSomeText() throws IOException {
        // when
        Heard heard = stream("sim/error-after-3");

        // then
        assertThat(pieces(heard)).hasSize(3);
        assertThat(events(heard).getLast().at("/error/type").asString()).isEqualTo("server_error");
        assertThat(lastData(heard)).contains(Fault.SECRET_MARKER);
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void theFirstEventIsAnError() throws IOException {
        // when
        Heard heard = stream("sim/error-first");

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(events(heard)).hasSize(1);
        assertThat(events(heard).getFirst().has("error")).isTrue();
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void silenceFollowsSomeTextUntilTheClientLeaves() throws IOException {
        // given
        String model = "sim/silence-after-2";
        RawCall call = Completions.begin(simulator, Completions.body(model, true));
        call.readHead();
        for (int event = 0; event < 1 + 2; event++) {
            assertThat(call.readChunk()).isNotNull();
        }
        assertThat(state(model)).isEqualTo(CallState.OPEN);

        // when
        call.close();

        // then
        await().until(() -> state(model) == CallState.CANCELLED);
    }

    @Test
    void commentsKeepASilentStreamAlive() throws IOException {
        // given
        String model = "sim/silence-after-1-keep-alive-5ms";
        try (RawCall call = Completions.begin(simulator, Completions.body(model, true))) {
            call.readHead();
            call.readChunk();
            call.readChunk();

            // when
            List<String> comments =
                    List.of(text(call.readChunk()), text(call.readChunk()), text(call.readChunk()));

            // then
            assertThat(comments).allSatisfy(each -> assertThat(each).startsWith(":"));
        }
        await().until(() -> state(model) == CallState.CANCELLED);
    }

    @Test
    void oneEventBetweenGoodOnesIsNotJson() throws IOException {
        // when
        Heard heard = stream("sim/6-tokens+broken-event-after-2");

        // then
        List<String> data = data(heard.text());
        assertThat(data).hasSize(1 + 6 + 1 + 1 + 1 + 1);
        assertThat(data.get(3)).startsWith("{").doesNotEndWith("}");
        assertThat(data.getLast()).isEqualTo(DONE);
    }

    @Test
    void theReasonToFinishIsAnother() throws IOException {
        // when
        Heard heard = stream("sim/4-tokens+finish-content_filter");

        // then
        assertThat(pieces(heard)).hasSize(4);
        assertThat(finishes(heard)).containsExactly("content_filter");
        assertThat(lastData(heard)).isEqualTo(DONE);
    }

    @Test
    void onePieceOfTextIsEnormous() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+enormous-event-256-kib");

        // then
        assertThat(pieces(heard))
                .hasSize(3)
                .anySatisfy(piece -> assertThat(piece.length()).isGreaterThanOrEqualTo(256 << 10));
        assertThat(finishes(heard)).containsExactly("stop");
    }

    @Test
    void eventsAreSplitIntoSmallPackets() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+split-events-5-bytes");

        // then
        assertThat(heard.packets()).allSatisfy(each -> assertThat(each.length).isBetween(1, 5));
        assertThat(heard.packets().size()).isGreaterThan(100);
        assertThat(pieces(heard)).hasSize(3);
    }

    @Test
    void aFinishComesWithoutAnyText() throws IOException {
        // when
        Heard heard = stream("sim/empty-answer");

        // then
        assertThat(pieces(heard)).isEmpty();
        assertThat(finishes(heard)).containsExactly("stop");
        assertThat(lastData(heard)).isEqualTo(DONE);
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

    @Test
    void tokensAreNotStatedAlthoughAskedFor() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+no-usage");

        // then
        assertThat(pieces(heard)).hasSize(3);
        assertThat(usages(heard)).isEmpty();
        assertThat(lastData(heard)).isEqualTo(DONE);
    }

    @Test
    void tokensAreStatedTwice() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+usage-twice");

        // then
        assertThat(usages(heard)).hasSize(2);
        assertThat(usages(heard).getFirst()).isEqualTo(usages(heard).getLast());
    }

    @Test
    void theFinishComesTwice() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+finish-twice");

        // then
        assertThat(finishes(heard)).containsExactly("stop", "stop");
        assertThat(usages(heard)).hasSize(1);
    }

    @Test
    void moreTextComesAfterTheFinish() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+text-after-finish");

        // then
        assertThat(pieces(heard)).hasSize(4);
        String text = heard.text();
        assertThat(text.indexOf("(after the finish)")).isGreaterThan(text.indexOf("\"stop\""));
    }

    @Test
    void aCommentStandsBeforeEveryPiece() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+comments");

        // then
        assertThat(heard.text().lines().filter(line -> line.startsWith(":"))).hasSize(3);
        assertThat(pieces(heard)).hasSize(3);
    }

    @Test
    void theContentTypeIsWrong() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+wrong-content-type");

        // then
        assertThat(heard.headers().get("content-type")).startsWith("text/plain");
        assertThat(pieces(heard)).hasSize(3);
    }

    @Test
    void aCharacterIsSplitOverTwoPackets() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+split-utf8");

        // then
        assertThat(heard.packets()).anySatisfy(each -> assertThat(each[0] & 0xC0).isEqualTo(0x80));
        assertThat(String.join("", pieces(heard))).contains("☉").doesNotContain("\uFFFD");
    }

    @Test
    void aByteIsNoUtf8() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+invalid-utf8");

        // then
        assertThat(heard.bytes()).contains((byte) 0xFF);
        assertThat(pieces(heard)).hasSize(3);
        assertThat(pieces(heard).getFirst()).endsWith("\uFFFD");
    }

    @Test
    void allEventsComeInOnePacket() throws IOException {
        // when
        Heard heard = stream("sim/9-tokens-1ms+joined-events");

        // then
        assertThat(heard.packets()).hasSize(1);
        assertThat(pieces(heard)).hasSize(9);
    }

    @Test
    void linesEndWithCarriageReturns() throws IOException {
        // when
        Heard heard = stream("sim/3-tokens+crlf");

        // then
        assertThat(heard.text()).contains("\r\n\r\n");
        assertThat(heard.text().replace("\r\n", "")).doesNotContain("\n");
        assertThat(pieces(heard)).hasSize(3);
    }

    private static Heard stream(String model) throws IOException {
        return Completions.stream(simulator, model);
    }

    private static CallState state(String model) {
        return simulator.openai().calls().of(model).getLast().state();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "the end" : new String(bytes, StandardCharsets.UTF_8);
    }
}
