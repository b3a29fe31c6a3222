package dev.orrery.ingest.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.Problem;
import dev.orrery.ingest.problems.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class DocumentReaderTest {

    private static final DefaultDataBufferFactory BUFFERS = new DefaultDataBufferFactory();

    private final DocumentReader reader = new DocumentReader();

    @Test
    void doesNotWaitForeverForABody() {
        // given
        Flux<DataBuffer> dripping =
                Flux.interval(Duration.ofSeconds(1)).map(second -> BUFFERS.wrap(new byte[] {'{'}));

        // when
        var reading =
                StepVerifier.withVirtualTime(
                        () -> reader.read(MockServerHttpRequest.post("/").body(dripping)));

        // then
        reading.expectSubscription()
                .expectNoEvent(DocumentReader.LONGEST_READ.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(failure ->
                        assertThat(((Problem) failure).code())
                                .isEqualTo(ProblemCode.REQUEST_TIMEOUT));
    }

    /** Whatever bytes arrive, the answer is a document or a problem, and never a defect. */
    @Test
    void neverFailsInAnotherWay() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var good =
                "{\"text\": \"Grüße 😀\", \"n\": [1, 2.5e3, true, null, {\"a\": {}}]}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            // given
            var bytes = good.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            // when
            Throwable failure = null;
            try {
                reader.parse(bytes).allowing("text", "n").text("text", 100);
            } catch (RuntimeException thrown) {
                failure = thrown;
            }

            // then
            if (failure != null) {
                assertThat(failure)
                        .as("seed %d, round %d", seed, round)
                        .isInstanceOf(Problem.class);
            }
        }
    }
}
