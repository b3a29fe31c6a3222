package dev.orrery.llm.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes service tokens, good ones and others; by hand, so that what no library would sign can be
 * signed.
 */
public final class Tokens {

    public static final String KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";
    public static final String HS256 = "{\"alg\":\"HS256\"}";

    private Tokens() {}

    public static String of(String service) {
        return signed("{\"service\":\"" + service + "\",\"exp\":" + inSeconds(600) + "}");
    }

    /** Claims with a good signature. */
    public static String signed(String claims) {
        return signed(HS256, claims, "HmacSHA256", KEY);
    }

    public static String signed(String header, String claims, String algorithm, String key) {
        var content = encoded(header) + "." + encoded(claims);
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
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

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }
}
