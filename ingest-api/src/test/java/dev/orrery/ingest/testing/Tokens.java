package dev.orrery.ingest.testing;

import dev.orrery.embedded.testing.HandmadeTokens;

/** Tokens of users, good ones and others. */
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
        return HandmadeTokens.signed(header, claims, algorithm, secret);
    }

    public static String encoded(String text) {
        return HandmadeTokens.encoded(text);
    }

    public static long inSeconds(long seconds) {
        return HandmadeTokens.inSeconds(seconds);
    }
}
