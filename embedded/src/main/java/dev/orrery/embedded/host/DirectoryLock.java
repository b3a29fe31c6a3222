package dev.orrery.embedded.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a server on a directory, held until {@link #close()}.
 *
 * <p>The operating system holds the lock and drops it when this process ends in whatever way, so a
 * lock never has to be cleaned up. It also gives "orphan" its meaning: a child server that is alive
 * in a directory whose lock is free has lost its parent. Safe on any thread; closing twice is
 * allowed.
 *
 * <p>On Linux and macOS a process that closes any channel of a file loses all its locks on it. So
 * what this process holds is known beforehand, and such a file is not opened a second time, be it
 * to lock it or to read it.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "owner.lock";

    /** Directories whose lock this process holds, or is about to, by {@link #identity}. */
    private static final Set<Object> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Object identity;
    private final FileChannel channel;

    private DirectoryLock(Object identity, FileChannel channel) {
        this.identity = identity;
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
            throw new DirectoryTaken(directory, holder(directory));
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
            Object identity = identity(directory);
            if (!HELD_HERE.add(identity)) {
                return null;
            }
            DirectoryLock lock = null;
            try {
                lock = opened(directory, identity);
                return lock;
            } finally {
                if (lock == null) {
                    HELD_HERE.remove(identity);
                }
            }
        } catch (IOException cause) {
            throw new StartFailed(
                    "cannot use %s as a data directory: %s".formatted(directory, cause), cause);
        }
    }

    /** The same for the same directory, however it is written, and by whatever name it goes on. */
    private static Object identity(Path directory) throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return key == null ? directory.toRealPath() : key; // Windows has no keys
    }

    private static @Nullable DirectoryLock opened(Path directory, Object identity)
            throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(pid()).getBytes(StandardCharsets.UTF_8)));
        return new DirectoryLock(identity, channel);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static String holder(Path directory) {
        try {
            if (HELD_HERE.contains(identity(directory))) {
                return "process " + pid();
            }
            String pid = Files.readString(directory.resolve(FILE)).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // by now the directory may be somebody else's
        }
        try {
            channel.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } finally {
            HELD_HERE.remove(identity);
        }
    }
}
