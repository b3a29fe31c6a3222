package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.scripted.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Sinks;

/** Streams of those who ask the same: a model is asked once. There is no Redis here. */
class SharedStreamsTest {

    @ParameterizedTest
    @ValueSource(strings = {",\"temperature\":0", ",\"request_id\":\"s-1\""})
    void areJoinedByWhoeverAsksTheSameWhileOneIsOnItsWay(String more)
            throws IOException, InterruptedException {
        try (var gateway = new RunningGateway()) {
            // given
            var asked = new AtomicInteger();
            var words = Sinks.many().replay().<ModelChunk>all();
            gateway.model(
                    "openai",
                    prompt -> {
                        asked.incrementAndGet();
                        return words.asFlux();
                    });
            words.tryEmitNext(new ModelChunk.TextDelta("A good ")).orThrow();

            // Each is there as soon as its first text is.
            try (var first = gateway.open(Asks.streamed(more));
                    var second = gateway.open(Asks.streamed(more))) {

                // when
                words.tryEmitNext(new ModelChunk.TextDelta("angle.")).orThrow();
                words.tryEmitNext(new ModelChunk.Finished(FinishReason.STOP)).orThrow();
                words.tryEmitComplete().orThrow();

                // then
                assertThat(asked).hasValue(1);
                for (var stream : List.of(first, second)) {
                    var body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(body)
                            .contains("\"content\":\"A good \"", "\"content\":\"angle.\"")
                            .endsWith("data: [DONE]\n\n");
                }
            }
        }
    }

    @Test
    void areToldAgainFromAnAnswerThatWasKeptHoweverItWasGiven() {
        try (var gateway = new RunningGateway("cache.size=1MB")) {
            // given
            var asked = gateway.model("openai", Script.answer("A good ", "angle.").usage(31, 4));
            var whole = gateway.post(Asks.with("\"fallbacks\":[],\"temperature\":0"));

            // when
            var stream =
                    gateway.post(Asks.with("\"fallbacks\":[],\"temperature\":0,\"stream\":true"));

            // then
            assertThat(whole.status()).as(whole.body()).isEqualTo(200);
            assertThat(stream.status()).as(stream.body()).isEqualTo(200);
            assertThat(text(stream)).isEqualTo("A good angle.");
            assertThat(stream.events()).last().isEqualTo("[DONE]");
            assertThat(asked.prompts()).hasSize(1);
        }
    }

    @Test
    void areKeptForWhoeverAsksTheSameLater() {
        try (var gateway = new RunningGateway("cache.size=1MB")) {
            // given
            var asked = gateway.model("openai", Script.answer("A good ", "angle.").usage(31, 4));
            var body = Asks.streamed(",\"temperature\":0");
            gateway.post(body);

            // when
            var again = gateway.post(body);

            // then
            assertThat(text(again)).isEqualTo("A good angle.");
            assertThat(asked.prompts()).hasSize(1);
        }
    }

    private static String text(RunningGateway.Answer answer) {
        return answer.chunks().stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }
}
