package dev.orrery.pipeline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.redis.EmbeddedRedis;
import dev.orrery.embedded.redis.RedisOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class RedisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path BINARIES =
            Path.of(System.getProperty("user.home"), ".cache", "orrery", "embedded");

    private static boolean pings(Redis redis) {
        return Boolean.TRUE.equals(
                redis.ask(commands -> commands.ping())
                        .map("PONG"::equals)
                        .onErrorReturn(false)
                        .block(PATIENCE));
    }

    @Test
    void findsAServerThatWasAwayAndIsBack(@TempDir Path directory) {
        // given
        var server = EmbeddedRedis.start(new RedisOptions(directory, 0, false, BINARIES));
        try (var redis = new Redis(server.url(), Duration.ofSeconds(2))) {
            assertThat(pings(redis)).isTrue();
            int port = server.port();
            server.close();
            assertThat(pings(redis)).isFalse();

            // when
            try (var back =
                    EmbeddedRedis.start(new RedisOptions(directory, port, false, BINARIES))) {

                // then
                await().atMost(PATIENCE).until(() -> pings(redis));
                assertThat(back.port()).isEqualTo(port);
            }
        }
    }

    @Test
    void giveUpAConnectionThatDoesNotAnswer(@TempDir Path directory) {
        // given
        try (var server = EmbeddedRedis.start(new RedisOptions(directory, 0, false, BINARIES));
                var redis = new Redis(server.url(), Duration.ofMillis(300), 1)) {
            await().atMost(PATIENCE).until(() -> pings(redis));
            var silent = Objects.requireNonNull(redis.on(Mono::just).block(PATIENCE));

            // when
            redis.on(connection -> Mono.never()).onErrorComplete().block(PATIENCE);

            // then
            await().atMost(PATIENCE).until(() -> pings(redis));
            assertThat(silent.isOpen()).isFalse();
            var key = "given-up".getBytes(StandardCharsets.UTF_8);
            assertThat(redis.ask(commands -> commands.set("key", key)).block(PATIENCE))
                    .isEqualTo("OK");
        }
    }
}
