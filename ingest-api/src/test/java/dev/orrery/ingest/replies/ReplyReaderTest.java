package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ReplyEvent;
import dev.orrery.ingest.replies.ReplyReader.SlowReader;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ReplyReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BUFFER = 50;

    /** Of the operators between the queue and the client. */
    private static final int HANDED_OVER_AT_MOST = 64;

    @Test
    void letsGoOfAClientThatIsTooFarBehindAndKeepsNoMoreThanItMay() {
        // given
        var reader = new ReplyReader(List.of(), BUFFER);
        var client = StepVerifier.create(reader.events(), 0).expectSubscription();

        // when
        var hearing =
                client.then(() ->
                        IntStream.rangeClosed(0, BUFFER + HANDED_OVER_AT_MOST)
                                .forEach(n -> reader.hear(event(n))));

        // then
        hearing.expectError(SlowReader.class).verify(PATIENCE);
    }

    @Test
    void givesAFastClientEverythingInOrder() {
        // given
        var reader = new ReplyReader(List.of(event(0), event(1)), BUFFER);
        IntStream.range(2, 2 + BUFFER).forEach(n -> reader.hear(event(n)));

        // when
        var texts = reader.events().map(ReplyEvent::getText).take(2 + BUFFER);

        // then
        StepVerifier.create(texts.collectList())
                .assertNext(shown ->
                        assertThat(shown)
                                .isEqualTo(
                                        IntStream.range(0, 2 + BUFFER)
                                                .mapToObj(Integer::toString)
                                                .toList()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void doesNotHoldALongPastAgainstAClient() {
        // given
        var earlier = IntStream.range(0, 10_000).mapToObj(ReplyReaderTest::event).toList();
        var reader = new ReplyReader(earlier, BUFFER);

        // when
        IntStream.range(10_000, 10_000 + BUFFER).forEach(n -> reader.hear(event(n)));

        // then
        StepVerifier.create(Flux.from(reader.events()).take(10_000 + BUFFER).count())
                .expectNext(10_000L + BUFFER)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static ReplyEvent event(int number) {
        return ReplyLogsTest.delta(new UUID(0, 1), Integer.toString(number));
    }
}
