package dev.orrery.embedded.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens (RFC 7519), good ones and others; by hand, so that what no library would sign can be
 * signed.
 */
public final class HandmadeTokens {

    private HandmadeTokens() {}

    /**
     * A token that is signed, whatever it says.
     *
     * @param algorithm of the JDK, such as HmacSHA256
     */
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

    /** Base64url without padding. */
    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Seconds since 1970, so many from now. */
    public static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }
}
