package dev.orrery.embedded.redis;

import dev.orrery.embedded.host.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import redis.embedded.RedisExecProvider;

/** The program of Redis, unpacked from the jar for this operating system and processor. */
final class RedisBinary {

    private RedisBinary() {}

    /**
     * Unpacks the program into the directory unless this very version is there already. Several
     * processes may do so at once: each unpacks a file of its own, and the last rename wins.
     */
    static Path unpackedIn(Path directory) {
        Path program = directory.resolve("redis-server-" + RedisExecProvider.redisVersion);
        try {
            if (!Files.exists(program)) {
                Files.createDirectories(directory);
                unpack(program);
            }
            return program;
        } catch (IOException cause) {
            throw new StartFailed(
                    "cannot unpack Redis into %s: %s".formatted(directory, cause.getMessage()),
                    cause);
        } catch (RuntimeException cause) {
            throw new StartFailed(
                    "there is no embedded Redis for this machine: " + cause.getMessage(), cause);
        }
    }

    private static void unpack(Path program) throws IOException {
        Path temporary = RedisExecProvider.defaultProvider().get().toPath();
        Path unfinished = Files.createTempFile(program.resolveSibling("."), "unpacking-", "");
        try {
            Files.copy(temporary, unfinished, StandardCopyOption.REPLACE_EXISTING);
            if (!unfinished.toFile().setExecutable(true, true)) {
                throw new IOException("cannot make executable: " + unfinished);
            }
            Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(temporary);
        }
    }
}
