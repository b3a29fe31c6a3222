package dev.orrery.llm.gateway;

import dev.orrery.embedded.testing.HandmadeTokens;

/** Tokens of services, good ones and others. */
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
        return HandmadeTokens.signed(header, claims, algorithm, key);
    }

    public static String encoded(String text) {
        return HandmadeTokens.encoded(text);
    }

    public static long inSeconds(long seconds) {
        return HandmadeTokens.inSeconds(seconds);
    }
}
