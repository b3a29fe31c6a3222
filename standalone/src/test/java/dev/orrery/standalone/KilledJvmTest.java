package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.tools.door.ReplyPart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The whole process dies in the middle of a reply, without a word; another one takes its place on
 * the same folder.
 */
@Execution(ExecutionMode.CONCURRENT) // its installation is a process of its own
class KilledJvmTest {

    private static final int PORT = 22_080;
    private static final long MONEY = 20_000_000;
    private static final long PRICE = 5_000_000;
    private static final Duration LONGEST_START = Duration.ofSeconds(120);

    @TempDir private Path data;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endWhatIsStillRunning() throws InterruptedException {
        for (var process : processes) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void endsTheTurnOnceAndResumesItsStream() throws Exception {
        // given
        var door = URI.create("http://127.0.0.1:" + PORT);
        var first = startOrrery();
        var secrets = Secrets.in(data.resolve("jwt.secret"), Clock.systemUTC());
        try (var asha = Person.with(door, secrets, "asha", MONEY)) {
            var seen = Collections.synchronizedList(new ArrayList<ReplyPart>());
            var reply =
                    CompletableFuture.runAsync(() -> {
                        try {
                            asha.converse("Tell me a long story", seen::add);
                        } catch (IOException | InterruptedException failure) {
                            throw new IllegalStateException(failure);
                        }
                    });
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            seen.stream().filter(part -> part.name().equals("delta")).count() >= 3);

            // when
            first.destroyForcibly().waitFor();
            startOrrery();

            // then
            reply.get(90, TimeUnit.SECONDS);
            assertThat(seen).extracting(ReplyPart::id).isSorted().doesNotHaveDuplicates();
            assertThat(seen).filteredOn(ReplyPart::isTerminal).hasSize(1);
            assertThat(seen.getLast().name()).isEqualTo("completed");
            assertThat(seen.getLast().data().path("text").asString()).isEqualTo(Replies.text(seen));
            asha.awaitWallet(MONEY - PRICE);
        }
    }

    private Process startOrrery() throws IOException {
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx768m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Standalone.class.getName(),
                                "--quiet",
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(PORT))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        data.resolve("output.log").toFile()));
        builder.environment()
                .put(
                        "OPENAI_MODEL",
                        "sim/60-tokens-150ms"); // nine seconds: time enough to be killed in
        builder.environment().remove("OPENAI_API_KEY");
        var ready = data.resolve("demo.env");
        Files.deleteIfExists(ready);
        var process = builder.start();
        processes.add(process);
        await().atMost(LONGEST_START)
                .failFast("Orrery ended; output.log says why", () -> !process.isAlive())
                .until(() -> Files.exists(ready));
        return process;
    }
}
