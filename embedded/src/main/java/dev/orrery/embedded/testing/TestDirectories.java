package dev.orrery.embedded.testing;

import dev.orrery.embedded.host.Directories;
import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.host.StartFailed;
import dev.orrery.embedded.postgres.DatabaseOptions;
import dev.orrery.embedded.postgres.Durability;
import dev.orrery.embedded.postgres.EmbeddedDatabase;
import dev.orrery.embedded.redis.EmbeddedRedis;
import dev.orrery.embedded.redis.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary directories of test servers, one per JVM. A test JVM that is killed leaves its
 * directory and its child servers behind; the next one clears them away, so that they do not pile
 * up on a developer's machine.
 */
final class TestDirectories {

    private static final Logger LOG = LoggerFactory.getLogger(TestDirectories.class);

    private static final String PREFIX = "orrery-test-servers-";

    private TestDirectories() {}

    /**
     * A directory that belongs to this JVM.
     *
     * @param path where it is
     * @param lock held until the JVM ends
     */
    record Held(Path path, DirectoryLock lock) {}

    /**
     * Creates a directory and locks it before it gets its name: whatever has that name and no lock
     * is a leftover.
     */
    static Held create() {
        try {
            Path unnamed = Files.createTempDirectory("orrery-test-");
            DirectoryLock lock = DirectoryLock.take(unnamed);
            Path named =
                    unnamed.resolveSibling(
                            PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
            return new Held(Files.move(unnamed, named, StandardCopyOption.ATOMIC_MOVE), lock);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static DatabaseOptions database(Path directory) {
        return new DatabaseOptions(directory.resolve("postgres"), 0, Durability.FAST, binaries());
    }

    static RedisOptions redis(Path directory) {
        return new RedisOptions(directory.resolve("redis"), 0, false, binaries());
    }

    /** Unpacked once per user, not once per test JVM. */
    private static Path binaries() {
        return Path.of(System.getProperty("user.home"), ".cache", "orrery", "embedded");
    }

    static void clearLeftovers() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
            candidates.forEach(TestDirectories::clearIfLeft);
        } catch (IOException cause) {
            LOG.warn("Leftovers of earlier tests in {} stay: {}", parent, cause.toString());
        }
    }

    private static void clearIfLeft(Path directory) {
        try {
            clear(directory);
        } catch (IOException | StartFailed cause) {
            // Another user's, or cleared by another JVM just now.
            LOG.debug("{} stays: {}", directory, cause.toString());
        }
    }

    private static void clear(Path directory) throws IOException {
        try (DirectoryLock free = DirectoryLock.tryTake(directory)) {
            if (free == null) {
                return;
            }
            if (Files.exists(directory.resolve("postgres"))) {
                EmbeddedDatabase.endOrphan(database(directory));
            }
            if (Files.exists(directory.resolve("redis"))) {
                EmbeddedRedis.endOrphan(redis(directory));
            }
            Directories.delete(directory);
        }
    }
}
