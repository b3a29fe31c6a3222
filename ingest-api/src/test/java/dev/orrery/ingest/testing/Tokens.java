package dev.orrery.ingest.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens, good ones and others; by hand, so that what no library would sign can be signed.
 */
public final class Tokens {

    public static final String SECRET = "q7Vd2mXw9sLk4pRz8tBn5cJh1gFy6uEa-0iOeQxKvWs";

    /** Whom good tokens are for. */
    public static final String AUDIENCE = "orrery-under-test";

    private Tokens() {}

    public static String of(String user, String scope) {
        return signed(
                """
                {"sub":"%s","scope":"%s","aud":"%s","exp":%d}\
                """
                        .formatted(user, scope, AUDIENCE, inSeconds(600)));
    }

    /** A token with these claims and a good signature. */
    public static String signed(String claims) {
        return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, "HmacSHA256", SECRET);
    }

    public static String signed(String header, String claims, String algorithm, String secret) {
        var content = encoded(header) + "." + encoded(claims);
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return content
                    + "."
                    + encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    public static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
