package dev.orrery.embedded.postgres;

import dev.orrery.embedded.host.Directories;
import dev.orrery.embedded.host.StartFailed;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked from the jar for this operating system and processor. */
final class Binaries {

    private static final int OWNER_EXECUTES = 0b001_000_000;

    private Binaries() {}

    /**
     * Unpacks the programs below the directory unless this very version is there already, and
     * returns their folder. Several processes may do so at once: each unpacks into a folder of its
     * own, and the first rename wins.
     */
    static Path unpackedIn(Path directory) {
        try {
            byte[] archive = archive();
            Path home = directory.resolve("postgres-" + fingerprint(archive));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(directory);
                Path unfinished = Files.createTempDirectory(directory, "unpacking-");
                unpack(archive, unfinished);
                publish(unfinished, home);
            }
            return home;
        } catch (IOException cause) {
            throw new StartFailed(
                    "cannot unpack PostgreSQL into %s: %s".formatted(directory, cause.getMessage()),
                    cause);
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name", "");
        boolean mac = system.toLowerCase(Locale.ROOT).contains("mac");
        String processor = System.getProperty("os.arch", "");
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        mac ? "Darwin" : system, processor)) {
            return archive.readAllBytes();
        } catch (IllegalStateException missing) {
            throw new StartFailed(
                    "there is no embedded PostgreSQL for %s on %s".formatted(system, processor),
                    missing);
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every JDK has SHA-256", impossible);
        }
    }

    private static void unpack(byte[] archive, Path home) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                unpack(entry, entries, home);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path home)
            throws IOException {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
            throw new IOException("archive entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolve("..").normalize());
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        boolean program =
                (entry.getMode() & OWNER_EXECUTES) != 0 || target.startsWith(home.resolve("bin"));
        if (program && !target.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + target);
        }
    }

    private static void publish(Path unfinished, Path home) throws IOException {
        // PostgreSQL may run in a user namespace of its own, see PostgresCommands, and must be able
        // to read this.
        unfinished.toFile().setReadable(true, false);
        unfinished.toFile().setExecutable(true, false);
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException lost) {
            if (!Files.isDirectory(home)) {
                throw lost;
            }
            Directories.delete(unfinished);
        }
    }
}
