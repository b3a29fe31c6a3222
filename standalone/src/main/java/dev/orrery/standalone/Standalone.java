package dev.orrery.standalone;

import dev.orrery.embedded.host.StartFailed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** The part that is being started, and then all that were. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(90);

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
        var closed = new CountDownLatch(1);
        // The hook only asks; this thread does the work, and the hook waits for it. It is there
        // before anything is started, so that nothing outlives a start that is broken off.
        Runnable ask =
                () -> {
                    progress.stop();
                    stopped.countDown();
                    awaitEnd(closed);
                };
        Runtime.getRuntime().addShutdownHook(new Thread(ask, "orrery-stop"));
        try {
            run(progress, stopped);
            return 0;
        } catch (StartStopped asked) {
            return 0;
        } catch (StartFailed | IllegalArgumentException failure) {
            System.err.println("orrery: " + failure.getMessage());
            return 1;
        } finally {
            closed.countDown();
        }
    }

    private void run(StartProgress progress, CountDownLatch stopped) throws Exception {
        try (var orrery = Orrery.start(settings(), Clock.systemUTC(), progress)) {
            progress.say(orrery.welcome());
            stopped.await();
            progress.say("Stopping ...");
        }
    }

    private Settings settings() {
        return new Settings(data, new PortRange(port), System.getenv());
    }

    /** Returns at the latest when the process has to end, whatever still hangs. */
    private static void awaitEnd(CountDownLatch closed) {
        try {
            if (!closed.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("orrery: not stopped within " + LONGEST_STOP.toSeconds() + " s");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
