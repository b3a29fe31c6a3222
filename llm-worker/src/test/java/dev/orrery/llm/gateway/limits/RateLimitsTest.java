package dev.orrery.llm.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.redis.EmbeddedRedis;
import dev.orrery.embedded.redis.RedisOptions;
import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.http.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

class RateLimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Refills so slowly that no test sees it. */
    private static final Quota TWO = new Quota(2, 1, Duration.ofHours(1));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpHeaders answer = new HttpHeaders();
    private final String service = "service-" + UUID.randomUUID();

    private RateLimits limits(String redisUrl, Ticker ticker) {
        var settings = new RateSettings(redisUrl, Duration.ofSeconds(5), TWO, TWO);
        return RateLimits.open(settings, ticker, meters);
    }

    private static boolean isGranted(Mono<Void> decision) {
        return Boolean.TRUE.equals(
                decision.thenReturn(true).onErrorReturn(Problem.class, false).block(PATIENCE));
    }

    @Test
    void saysWhatIsLeft() {
        // given
        try (var limits = limits("", Ticker.system())) {

            // when
            limits.admitService(service, answer).block(PATIENCE);
            limits.admitUser(service, "asha", answer).block(PATIENCE);

            // then
            assertThat(answer.getFirst("RateLimit-Policy"))
                    .isEqualTo("\"service\";q=2;w=7200, \"user\";q=2;w=7200");
            assertThat(answer.getFirst("RateLimit"))
                    .isEqualTo("\"service\";r=1;t=3600, \"user\";r=1;t=3600");
        }
    }

    @Test
    void refusesOneTooManyAndSaysWhenToComeAgain() {
        // given
        try (var limits = limits("", Ticker.system())) {
            limits.admitService(service, answer).block(PATIENCE);
            limits.admitService(service, answer).block(PATIENCE);

            // when / then
            assertThatThrownBy(() -> limits.admitService(service, answer).block(PATIENCE))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> {
                                assertThat(problem.type().code()).isEqualTo("rate_limited");
                                assertThat(problem.members().get(Problem.RETRY_AFTER))
                                        .asInstanceOf(InstanceOfAssertFactories.LONG)
                                        .isBetween(3_500L, 3_600L);
                            });
        }
    }

    @Test
    void letsCallsInAgainAsTimePasses() {
        // given
        var time = new ManualTime();
        var buckets = new LocalBuckets(time.ticker());
        buckets.take("a", TWO).block(PATIENCE);
        buckets.take("a", TWO).block(PATIENCE);

        // when
        time.advance(Duration.ofHours(1));

        // then
        assertThat(buckets.take("a", TWO).map(Taken::granted).block(PATIENCE)).isTrue();
        assertThat(buckets.take("a", TWO).map(Taken::granted).block(PATIENCE)).isFalse();
    }

    @Test
    void forgetsNobodyWhoHasNotWaitedLongEnough() {
        // given
        var time = new ManualTime();
        var buckets = new LocalBuckets(time.ticker());
        var daily = new Quota(10, 1, Duration.ofDays(1));
        for (int i = 0; i < 10; i++) {
            buckets.take("a", daily).block(PATIENCE);
        }

        // when
        time.advance(Duration.ofHours(23));

        // then
        assertThat(buckets.take("a", daily).map(Taken::granted).block(PATIENCE)).isFalse();
    }

    @Test
    void keepsUsersOfDifferentServicesApart() {
        // given
        try (var limits = limits("", Ticker.system())) {
            limits.admitUser(service, "asha", answer).block(PATIENCE);
            limits.admitUser(service, "asha", answer).block(PATIENCE);

            // when / then
            assertThat(isGranted(limits.admitUser(service, "asha", answer))).isFalse();
            assertThat(isGranted(limits.admitUser(service, "ravi", answer))).isTrue();
            assertThat(isGranted(limits.admitUser("other", "asha", answer))).isTrue();
        }
    }

    @Test
    void areSharedByReplicas() {
        // given
        var redis = SharedServers.redis().url();
        try (var one = limits(redis, Ticker.system());
                var other = limits(redis, Ticker.system())) {
            one.admitService(service, answer).block(PATIENCE);
            other.admitService(service, answer).block(PATIENCE);

            // when
            boolean granted = isGranted(one.admitService(service, answer));

            // then
            assertThat(granted).isFalse();
            assertThat(meters.counter("orrery.gateway.rates.local").count()).isZero();
        }
    }

    @Test
    void goOnInEachReplicaWhileRedisIsAway(@TempDir Path directory) {
        // given
        var binaries = Path.of(System.getProperty("user.home"), ".cache", "orrery", "embedded");
        var redis = EmbeddedRedis.start(new RedisOptions(directory, 0, false, binaries));
        try (var limits = limits(redis.url(), Ticker.system())) {
            limits.admitService(service, answer).block(PATIENCE);
            redis.close();

            // when
            boolean first = isGranted(limits.admitService(service, answer));
            boolean second = isGranted(limits.admitService(service, answer));
            boolean third = isGranted(limits.admitService(service, answer));

            // then
            assertThat(first).isTrue();
            assertThat(second).isTrue();
            assertThat(third).isFalse();
            assertThat(meters.counter("orrery.gateway.rates.local").count()).isEqualTo(3);
            assertThat(meters.get("orrery.gateway.rates.shared").gauge().value()).isZero();
        }
    }

    @Test
    void areSharedAgainWhenRedisIsBack() {
        // given
        var time = new ManualTime();
        var redis = new FakeBuckets();
        var shared =
                new SharedBuckets(redis, new LocalBuckets(time.ticker()), time.ticker(), meters);
        redis.isAway = true;
        shared.take("a", TWO).block(PATIENCE);
        redis.isAway = false;

        // when
        shared.take("a", TWO).block(PATIENCE);
        int askedAtOnce = redis.asked;
        time.advance(Duration.ofSeconds(1));
        shared.take("a", TWO).block(PATIENCE);

        // then
        assertThat(askedAtOnce).isEqualTo(1);
        assertThat(redis.asked).isEqualTo(2);
        assertThat(meters.get("orrery.gateway.rates.shared").gauge().value()).isEqualTo(1);
    }

    /** Grants everything, or is away. */
    private static final class FakeBuckets implements Buckets {

        private boolean isAway;
        private int asked;

        @Override
        public Mono<Taken> take(String name, Quota quota) {
            asked++;
            return isAway
                    ? Mono.error(new java.io.IOException("away"))
                    : Mono.just(new Taken(true, 1, Duration.ZERO, Duration.ZERO));
        }
    }
}
