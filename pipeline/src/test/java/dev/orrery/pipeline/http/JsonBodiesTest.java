package dev.orrery.pipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class JsonBodiesTest {

    private static final DefaultDataBufferFactory BUFFERS = new DefaultDataBufferFactory();
    private static final int MAX_BYTES = 1_024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final JsonBodies bodies =
            new JsonBodies(MAX_BYTES, 16, CommonProblem.NOT_FOUND, Schedulers.parallel());

    private static MockServerHttpRequest.BodyBuilder post() {
        return MockServerHttpRequest.post("/").contentType(MediaType.APPLICATION_JSON);
    }

    private static DataBuffer buffer(String text) {
        return BUFFERS.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemType typeOf(Throwable failure) {
        return ((Problem) failure).type();
    }

    @Test
    void readsABodyThatComesInPieces() {
        // given
        var request = post().body(Flux.just(buffer("{\"a\":"), buffer("\"b"), buffer("\"}")));

        // when
        var text = bodies.read(request).map(fields -> fields.text("a", 1)).block(PATIENCE);

        // then
        assertThat(text).isEqualTo("b");
    }

    @Test
    void doesNotWaitForeverForABody() {
        // given
        var patient = new JsonBodies(MAX_BYTES, 16, CommonProblem.NOT_FOUND, time);
        var dripping = Flux.interval(Duration.ofSeconds(1), time).map(second -> buffer(" "));

        // when
        var reading =
                StepVerifier.withVirtualTime(
                        () -> patient.read(post().body(dripping)), () -> time, 1);

        // then
        reading.expectSubscription()
                .expectNoEvent(JsonBodies.LONGEST_READ.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(failure ->
                        assertThat(typeOf(failure)).isEqualTo(CommonProblem.REQUEST_TIMEOUT));
    }

    @Test
    void readsNoMoreThanItHasTo() {
        // given
        var endless =
                Flux.generate(sink -> sink.next(buffer(" ".repeat(100)))).cast(DataBuffer.class);

        // when / then
        StepVerifier.create(bodies.read(post().body(endless)))
                .verifyErrorSatisfies(failure ->
                        assertThat(typeOf(failure)).isEqualTo(CommonProblem.PAYLOAD_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json;charset=latin1", "nonsense", ""})
    void refusesAnotherMediaType(String type) {
        // given
        var request = MockServerHttpRequest.post("/").header("Content-Type", type).body("{}");

        // when / then
        StepVerifier.create(bodies.read(request))
                .verifyErrorSatisfies(failure ->
                        assertThat(typeOf(failure))
                                .isEqualTo(CommonProblem.UNSUPPORTED_MEDIA_TYPE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":7}           | a: a number (expected: a text)",
                "{\"a\":\" \"}       | a: blank (expected: a text that says something)",
                "{\"a\":\"abcd\"}    | a: 4 characters (expected: at most 3)",
                "{\"a\":\"x\\u0000\"}| a: contains NUL (expected: text without it)",
                "{\"a\":\"\\ud83d\"} | a: contains half a surrogate pair (expected: well-formed Unicode)",
                "{\"b\":\"x\"}       | b: unknown field (expected: a)",
                "{\"\\u202eb\":1}    | \uFFFDb: unknown field (expected: a)",
                "{}                  | a: missing (expected: a text)",
                "{\"a\":null}        | a: missing (expected: a text)"
            })
    void namesTheFieldAndWhatWasExpected(String body, String detail) {
        // given
        var fields = bodies.parse(body.getBytes(StandardCharsets.UTF_8));

        // when / then
        assertThatThrownBy(() -> fields.allowing("a").text("a", 3))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.detail()).isEqualTo(detail);
                            assertThat(problem.type()).isEqualTo(CommonProblem.NOT_FOUND);
                        });
    }

    @Test
    void countsCharactersAsPeopleDo() {
        // given
        var fields = bodies.parse("{\"a\":\"😀😀😀\"}".getBytes(StandardCharsets.UTF_8));

        // when
        var text = fields.text("a", 3);

        // then
        assertThat(text).isEqualTo("😀😀😀");
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
                bodies.parse(bytes).allowing("text", "n").text("text", 100);
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
