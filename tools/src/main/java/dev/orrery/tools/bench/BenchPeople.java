package dev.orrery.tools.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orrery.tools.door.Door;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Users with birth details and money, one for each client: clients that shared a wallet would
 * measure its lock.
 */
final class BenchPeople {

    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);
    private static final long PLENTY_MICROS = 1_000_000_000_000L;

    private final URI address;
    private final String signingKey;

    /**
     * @param signingKey HS256 key of the door, as text
     */
    BenchPeople(URI address, String signingKey) {
        this.address = address;
        this.signingKey = signingKey;
    }

    /** Makes so many users, each through the door like anybody else, and returns their tokens. */
    List<String> welcome(int count) throws IOException, InterruptedException {
        var tokens = new ArrayList<String>(count);
        try (var admin = new Door(address, token("bench-admin", "admin"))) {
            for (int each = 0; each < count; each++) {
                var name = "bench-" + each;
                var token = token(name, "chat");
                try (var door = new Door(address, token)) {
                    door.put("/v1/me", profile(each));
                }
                admin.post("/admin/v1/wallets/" + name + "/top-ups", payment(name));
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static Map<String, Object> profile(int each) {
        return Map.of(
                "name",
                "Bench " + each,
                "birth",
                Map.of(
                        "date",
                        "1990-01-01",
                        "time",
                        "%02d:%02d".formatted(each / 60 % 24, each % 60),
                        "latitude",
                        18.52,
                        "longitude",
                        73.86,
                        "utc_offset",
                        5.5));
    }

    private static Map<String, Object> payment(String name) {
        return Map.of(
                "payment_id", "welcome-" + name, "amount_micros", PLENTY_MICROS, "currency", "INR");
    }

    private String token(String subject, String scope) throws IOException {
        var now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .claim("scope", scope)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(TOKEN_LIFETIME)))
                        .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(signingKey));
        } catch (JOSEException unusable) {
            throw new IOException("the signing key of the installation cannot be used", unusable);
        }
        return token.serialize();
    }
}
