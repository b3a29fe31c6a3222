package dev.orrery.embedded.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a server on a directory, held until {@link #close()}.
 *
 * <p>The operating system holds the lock and drops it when this process ends in whatever way, so a
 * lock never has to be cleaned up. It also gives "orphan" its meaning: a child server that is alive
 * in a directory whose lock is free has lost its parent. Safe on any thread; closing twice is
 * allowed.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "owner.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the directory if needed and takes its lock; never waits.
     *
     * @throws DirectoryTaken if somebody holds it, in this process or another
     */
    public static DirectoryLock take(Path directory) {
        DirectoryLock lock = tryTake(directory);
        if (lock == null) {
            throw new DirectoryTaken(directory, holder(directory.resolve(FILE)));
        }
        return lock;
    }

    /** Starts a server that holds the lock from then on. */
    @FunctionalInterface
    public interface Start<S> {
        S under(DirectoryLock lock) throws IOException;
    }

    /**
     * Takes the lock for a server, and gives it up again if the server does not start.
     *
     * @param server its name
     * @throws DirectoryTaken if somebody holds the lock
     * @throws StartFailed for an {@link IOException}, with what it says
     */
    public static <S> S start(String server, Path directory, Start<S> start) {
        DirectoryLock lock = take(directory);
        try {
            return start.under(lock);
        } catch (IOException cause) {
            lock.close();
            throw new StartFailed(
                    "%s did not start on %s: %s".formatted(server, directory, cause), cause);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** As {@link #take}, but answers null where the lock is held. */
    public static @Nullable DirectoryLock tryTake(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve(FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(channel);
        } catch (IOException cause) {
            throw new StartFailed(
                    "cannot use %s as a data directory: %s".formatted(directory, cause), cause);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
