package dev.orrery.pipeline.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256, which every Java has; of texts, that of their UTF-8 bytes. */
public final class Sha256 {

    private Sha256() {}

    /** In base64url without padding: 43 characters. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** In base64url without padding: 43 characters. */
    public static String of(byte[] bytes) {
        return written(digest().digest(bytes));
    }

    /** In 64 lower-case hex digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** For what comes in pieces. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every Java has SHA-256", impossible);
        }
    }

    /** A hash, in base64url without padding. */
    public static String written(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
