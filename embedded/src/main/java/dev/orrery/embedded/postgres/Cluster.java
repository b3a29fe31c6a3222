package dev.orrery.embedded.postgres;

import dev.orrery.embedded.host.Command;
import dev.orrery.embedded.host.Directories;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL cluster on disk and the server on it, worked by PostgreSQL's own programs.
 *
 * <p>The server is a daemon in a session of its own ({@code pg_ctl} sees to that), so an interrupt
 * typed at the terminal reaches this JVM alone, which stops its parts in their order. All methods
 * block.
 */
final class Cluster {

    static final String SUPERUSER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private static final Duration INITIALISE_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    /** Added to what pg_ctl itself waits, so that its own message comes before ours. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final int LOG_LINES_SHOWN = 12;

    private final Path home;

    private final Path programs;

    private final Path log;

    Cluster(Path data, Path programs) {
        this.home = data.resolve("cluster");
        this.log = data.resolve("postgres.log");
        this.programs = programs;
    }

    /**
     * Creates the cluster unless it is there. A crash half way leaves a folder that the next try
     * throws away.
     */
    void initialiseOnce() throws IOException {
        if (Files.exists(home)) {
            return;
        }
        Path unfinished = home.resolveSibling("cluster.unfinished");
        Directories.delete(unfinished);
        Command.Result result =
                command(
                                "initdb",
                                "--pgdata=" + unfinished,
                                "--username=" + SUPERUSER,
                                "--auth=trust",
                                "--encoding=UTF-8",
                                // The same order and case rules on every machine, whatever its
                                // locale.
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--locale=C",
                                "--no-sync")
                        .run(INITIALISE_TIMEOUT);
        if (!result.succeeded()) {
            throw new StartFailed(
                    "initdb failed (in a container, run as a named user):\n" + result.text());
        }
        Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Stops a server that an earlier JVM left behind. The caller holds the lock of the data
     * directory, so whatever runs here has no owner.
     */
    void endOrphan() throws IOException {
        Path pidFile = home.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        if (Postmaster.read(pidFile).isAlive()) {
            LOG.info("PostgreSQL of an earlier run is still up on {}: stopping it", home);
            stop();
        } else {
            // Left by a crash. PostgreSQL would trust any process that happens to have this id by
            // now.
            Files.deleteIfExists(pidFile);
        }
    }

    /** Starts the server; returns when it accepts connections, after at most 40 s. */
    void start(Settings settings) throws IOException {
        Files.writeString(home.resolve("postgresql.conf"), settings.text());
        if (Files.exists(log)) {
            Files.move(
                    log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Command.Result result =
                control("start", "--log=" + log, "--timeout=" + START_TIMEOUT.toSeconds())
                        .run(START_TIMEOUT.plus(GRACE));
        if (!result.succeeded()) {
            throw new StartFailed(
                    "PostgreSQL did not start on %s:%d%n%s%n%s"
                            .formatted(
                                    Ports.LOOPBACK,
                                    settings.port(),
                                    result.text(),
                                    lastLogLines()));
        }
    }

    /**
     * Stops the server: connections are cut, everything committed is written. Blocks for at most 80
     * s.
     */
    void stop() {
        if (stop("fast")) {
            return;
        }
        LOG.warn(
                "PostgreSQL on {} did not stop within {}: it will recover from its log",
                home,
                STOP_TIMEOUT);
        if (!stop("immediate")) {
            LOG.error("PostgreSQL on {} cannot be stopped", home);
        }
    }

    private boolean stop(String mode) {
        return control("stop", "--mode=" + mode, "--timeout=" + STOP_TIMEOUT.toSeconds())
                .run(STOP_TIMEOUT.plus(GRACE))
                .succeeded();
    }

    private Command control(String action, String... options) {
        List<String> words =
                new ArrayList<>(List.of(action, "-D", home.toString(), "--wait", "--silent"));
        words.addAll(List.of(options));
        return command("pg_ctl", words.toArray(String[]::new));
    }

    private Command command(String program, String... options) {
        List<String> words = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; in a user namespace without a mapping root is
            // nobody.
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(programs.resolve("bin").resolve(program).toString());
        words.addAll(List.of(options));
        return new Command(words, "PG");
    }

    private String lastLogLines() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }
}
