package dev.orrery.standalone;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;

/**
 * The signing key of this installation, made at its first start and kept in its folder, and the
 * tokens signed with it.
 */
final class Secrets {

    private static final int KEY_BYTES = 32;
    private static final Duration DEMO_TOKEN_LIFETIME = Duration.ofDays(30);
    private static final Duration SERVICE_TOKEN_LIFETIME = Duration.ofHours(1);

    private final String jwtSecret;
    private final Clock clock;

    private Secrets(String jwtSecret, Clock clock) {
        this.jwtSecret = jwtSecret;
        this.clock = clock;
    }

    /** Reads the key from {@code file}, or makes one that only the file's owner can read. */
    static Secrets in(Path file, Clock clock) throws IOException {
        if (!Files.exists(file)) {
            var key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            writePrivately(file, HexFormat.of().formatHex(key));
        }
        return new Secrets(Files.readString(file).strip(), clock);
    }

    /** HS256 key of the door, as text; its UTF-8 bytes are the key. */
    String jwtSecret() {
        return jwtSecret;
    }

    /** A token for a person; {@code scope} as in RFC 8693, words separated by blanks. */
    String token(String subject, String scope) {
        return signed(
                new JWTClaimsSet.Builder().subject(subject).claim("scope", scope),
                DEMO_TOKEN_LIFETIME);
    }

    /** A token for a service that calls the gateway, which takes none that lives longer. */
    String serviceToken(String service) {
        return signed(new JWTClaimsSet.Builder().claim("service", service), SERVICE_TOKEN_LIFETIME);
    }

    private String signed(JWTClaimsSet.Builder claims, Duration lifetime) {
        var now = clock.instant();
        var token =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        claims.issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(lifetime)))
                                .build());
        try {
            token.sign(new MACSigner(jwtSecret));
        } catch (JOSEException failure) {
            throw new IllegalStateException(
                    "the signing key of this installation cannot be used", failure);
        }
        return token.serialize();
    }

    /** Writes a file that nobody else can read, in one step: readers see all of it or nothing. */
    static void writePrivately(Path file, String content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix")) {
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, content);
        Files.move(
                fresh,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
