package dev.orrery.simulator.astrology;

import dev.orrery.simulator.call.Received;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: user id and key as HTTP Basic, or a key alone in a header of its own.
 *
 * @param userId empty with a key alone
 */
record Credentials(String userId) {

    private static final String BASIC = "basic ";

    /** Null if there are none, or none that can be read. */
    static @Nullable Credentials of(Received received) {
        String key = received.header("x-astrologyapi-key");
        if (key != null && !key.isBlank()) {
            return new Credentials("");
        }
        String authorization = received.header("authorization");
        return authorization != null
                        && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? basic(authorization.substring(BASIC.length()).strip())
                : null;
    }

    private static @Nullable Credentials basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            boolean complete = colon > 0 && colon + 1 < pair.length();
            return complete ? new Credentials(pair.substring(0, colon)) : null;
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
