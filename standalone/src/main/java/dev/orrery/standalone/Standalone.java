package dev.orrery.standalone;

import dev.orrery.embedded.host.StartFailed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./orrery up}: starts everything in this terminal and runs until it is stopped. */
@Command(
        name = "orrery up",
        description = {
            "Starts Kafka, PostgreSQL, Redis, a schema registry, the simulator and the five apps in one process.",
            "Ctrl-C stops it; what was said, and what was paid, is there again at the next start."
        },
        mixinStandardHelpOptions = true)
public final class Standalone implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for everything that is kept (${DEFAULT-VALUE}).")
    private Path data = Path.of(".orrery");

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the door; all others follow it (${DEFAULT-VALUE}).")
    private int port = PortRange.DEFAULT_EDGE;

    @Option(names = "--quiet", description = "Says nothing but what went wrong.")
    private boolean quiet;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Standalone()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var progress = new StartProgress(out, quiet);
        var stopped = new CountDownLatch(1);
        try (var orrery = Orrery.start(settings(), Clock.systemUTC(), progress)) {
            // The hook only asks; this thread does the work, and the hook waits for it.
            var closed = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> awaitEnd(stopped, closed), "orrery-stop"));
            progress.say(orrery.welcome());
            stopped.await();
            progress.say("Stopping ...");
            orrery.close();
            closed.countDown();
            return 0;
        } catch (StartFailed | IllegalArgumentException failure) {
            System.err.println("orrery: " + failure.getMessage());
            return 1;
        }
    }

    private Settings settings() {
        return new Settings(data, new PortRange(port), System.getenv());
    }

    private static void awaitEnd(CountDownLatch stopped, CountDownLatch closed) {
        stopped.countDown();
        try {
            closed.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
