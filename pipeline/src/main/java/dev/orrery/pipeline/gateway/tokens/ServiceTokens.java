package dev.orrery.pipeline.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.http.TokenText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out which service is calling. The algorithm and the keys are ours and are never taken from
 * the token: a header that says anything beside {@code alg} and {@code typ} is refused, since all
 * it could do is to point somewhere.
 *
 * <p>Thread safety: may be used on any thread; never blocks.
 */
public final class ServiceTokens {

    private static final JWSHeader HS256 = new JWSHeader(JWSAlgorithm.HS256);
    private static final Set<String> SCHEMES = Set.of("jwt", "bearer");

    private final List<MACVerifier> keys = new ArrayList<>();
    private final TokenClaims claims;

    public ServiceTokens(TokenSettings settings, Clock clock) {
        this.claims = new TokenClaims(settings, clock);
        keys.add(verifier(settings.key()));
        if (!settings.previousKey().isBlank()) {
            keys.add(verifier(settings.previousKey()));
        }
        warmUp();
    }

    private static MACVerifier verifier(String key) {
        try {
            return new MACVerifier(key.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("BUG: a checked key cannot be used", unusable);
        }
    }

    /** Cryptography and JSON load their classes here, and not on an event loop. */
    private void warmUp() {
        verify("eyJhbGciOiJIUzI1NiJ9.e30.AAAA");
    }

    /**
     * Who is calling.
     *
     * @throws Problem when that is not certain; it is the same for every reason, so that who
     *     guesses tokens learns nothing
     */
    public Caller caller(HttpHeaders headers) {
        var given = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        var caller = given.size() == 1 ? verify(token(given.getFirst())) : null;
        if (caller == null) {
            throw refused();
        }
        return caller;
    }

    static Problem refused() {
        return new Problem(TokenProblem.INVALID_TOKEN, "the service token is missing or not valid");
    }

    /** What follows the scheme, whose name is the same in either case; empty for any other one. */
    private static String token(String authorization) {
        int blank = authorization.indexOf(' ');
        var scheme = authorization.substring(0, Math.max(0, blank)).toLowerCase(Locale.ROOT);
        return SCHEMES.contains(scheme) ? authorization.substring(blank + 1) : "";
    }

    private @Nullable Caller verify(String token) {
        var text = TokenText.parse(token);
        return text != null && isOurs(text.header()) && isSigned(text)
                ? claims.caller(text.claims())
                : null;
    }

    private static boolean isOurs(ObjectNode header) {
        for (var name : header.propertyNames()) {
            var value = header.path(name).asString("");
            boolean known =
                    switch (name) {
                        case "alg" -> value.equals("HS256");
                        case "typ" -> value.equalsIgnoreCase("JWT");
                        default -> false;
                    };
            if (!known) {
                return false;
            }
        }
        return header.has("alg");
    }

    private boolean isSigned(TokenText text) {
        var signature = new Base64URL(text.signature());
        for (var key : keys) {
            try {
                if (key.verify(HS256, text.signed(), signature)) {
                    return true;
                }
            } catch (JOSEException impossible) {
                throw new IllegalStateException("BUG: HS256 cannot be verified", impossible);
            }
        }
        return false;
    }
}
