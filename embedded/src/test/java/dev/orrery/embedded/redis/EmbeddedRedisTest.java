package dev.orrery.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.ChildJvm;
import dev.orrery.embedded.host.DirectoryTaken;
import dev.orrery.embedded.host.PortTaken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    @TempDir Path data;

    @Test
    void keepsItsDataOverARestart() throws IOException {
        // given
        try (EmbeddedRedis first = EmbeddedRedis.start(data, 0)) {
            assertThat(answer(first.port(), "SET planet mars")).isEqualTo("+OK");
        }

        // when
        try (EmbeddedRedis second = EmbeddedRedis.start(data, 0)) {

            // then
            assertThat(value(second.port(), "planet")).isEqualTo("mars");
        }
    }

    @Test
    void beginsEmptyWhenItNeedNotKeepItsData() throws IOException {
        // given
        RedisOptions forgetful = new RedisOptions(data, 0, false, data.resolve("binaries"));
        try (EmbeddedRedis first = EmbeddedRedis.start(forgetful)) {
            assertThat(answer(first.port(), "SET planet mars")).isEqualTo("+OK");
        }

        // when
        try (EmbeddedRedis second = EmbeddedRedis.start(forgetful)) {

            // then
            assertThat(answer(second.port(), "EXISTS planet")).isEqualTo(":0");
        }
    }

    @Test
    void takesOverFromAKilledJvmOnTheSamePort() throws Exception {
        // given
        int port;
        try (ChildJvm child = ChildJvm.running(Child.class, data)) {
            port = child.port();
            assertThat(answer(port, "SET planet venus")).isEqualTo("+OK");
            child.kill();
        }
        String orphan = processId(port);

        // when
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, port)) {

            // then
            assertThat(value(port, "planet")).isEqualTo("venus");
            assertThat(processId(port)).isNotEqualTo(orphan);
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + port);
        }
    }

    @Test
    void leavesARedisOfOthersAlone(@TempDir Path elsewhere) throws IOException {
        // given
        try (EmbeddedRedis other = EmbeddedRedis.start(elsewhere, 0)) {
            EmbeddedRedis.start(data, 0).close();
            Files.writeString(data.resolve("redis.conf"), "port " + other.port() + "\n");
            Files.writeString(data.resolve("redis.pid"), processId(other.port()));

            // when
            EmbeddedRedis.start(data, 0).close();

            // then
            assertThat(answer(other.port(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void saysWhoWantedATakenPort(@TempDir Path elsewhere) {
        // given
        try (EmbeddedRedis other = EmbeddedRedis.start(elsewhere, 0)) {

            // when
            var start = assertThatThrownBy(() -> EmbeddedRedis.start(data, other.port()));

            // then
            start.isInstanceOf(PortTaken.class)
                    .hasMessageContaining("port %d is taken, and Redis wants it", other.port());
        }
    }

    @Test
    void refusesADirectoryInUse() throws IOException {
        // given
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, 0)) {

            // when
            var start = assertThatThrownBy(() -> EmbeddedRedis.start(data, 0));

            // then
            start.isInstanceOf(DirectoryTaken.class);
            assertThat(answer(redis.port(), "PING")).isEqualTo("+PONG");
        }
    }

    /** Serves the directory given as its argument until it is killed. */
    public static final class Child {

        public static void main(String[] arguments) throws IOException {
            EmbeddedRedis redis = EmbeddedRedis.start(Path.of(arguments[0]), 0);
            ChildJvm.serveUntilKilled(redis.port());
        }
    }

    private static String processId(int port) throws IOException {
        try (RedisConnection connection = new RedisConnection(port)) {
            return connection.info("process_id").orElseThrow();
        }
    }

    private static String value(int port, String key) throws IOException {
        return ask(port, "GET " + key, 2);
    }

    private static String answer(int port, String command) throws IOException {
        return ask(port, command, 1);
    }

    /** Sends an inline command and returns that line of the answer, from 1. */
    private static String ask(int port, String command, int line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int skipped = 1; skipped < line; skipped++) {
                answers.readLine();
            }
            return answers.readLine();
        }
    }
}
