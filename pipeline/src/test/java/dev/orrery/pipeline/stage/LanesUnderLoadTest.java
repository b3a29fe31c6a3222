package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.pipeline.tuning.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** On many threads, with works that end at once or elsewhere, while the limit moves. */
class LanesUnderLoadTest {

    private static final int KEYS = 40;
    private static final int WORKS = 20_000;
    private static final int HIGHEST_LIMIT = 16;

    private final Lanes lanes =
            new Lanes(
                    Schedulers.boundedElastic(),
                    System::nanoTime,
                    WorkerSettings.configured(HIGHEST_LIMIT));
    private final AtomicIntegerArray inFlightOf = new AtomicIntegerArray(KEYS);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final List<Queue<Integer>> begun =
            IntStream.range(0, KEYS)
                    .<Queue<Integer>>mapToObj(key -> new ConcurrentLinkedQueue<>())
                    .toList();

    @Test
    void keepOneAtATimeAndInOrderPerKeyAndNeverExceedTheHighestLimit() {
        // given
        var works = IntStream.range(0, WORKS);

        // when
        works.forEach(number -> {
            lanes.submit(number % KEYS, () -> work(number % KEYS, number));
            if (number % 100 == 0) {
                lanes.change(WorkerSettings.configured(1 + number / 100 % HIGHEST_LIMIT));
            }
        });
        lanes.change(WorkerSettings.configured(HIGHEST_LIMIT));

        // then
        await().atMost(Duration.ofSeconds(30)).until(() -> ended.get() == WORKS);
        assertThat(violations).isEmpty();
        assertThat(begun).allSatisfy(order -> assertThat(List.copyOf(order)).isSorted());
    }

    private Mono<Void> work(int key, int number) {
        begun.get(key).add(number);
        if (inFlightOf.incrementAndGet(key) != 1) {
            violations.add("two of key " + key + " at once");
        }
        if (inFlight.incrementAndGet() > HIGHEST_LIMIT) {
            violations.add("more than " + HIGHEST_LIMIT + " at once");
        }
        var end =
                Mono.<Void>fromRunnable(() -> {
                    inFlightOf.decrementAndGet(key);
                    inFlight.decrementAndGet();
                    ended.incrementAndGet();
                });
        return ThreadLocalRandom.current().nextBoolean()
                ? end
                : end.subscribeOn(Schedulers.parallel());
    }
}
