package dev.orrery.enrichment.chartapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Who may ask: whoever shows user id and key as HTTP Basic, or the key alone in a header of its
 * own, as the service takes it; everybody where no key is configured. Comparing takes as long for a
 * wrong key as for the right one.
 */
final class Callers {

    private static final String KEY_HEADER = "x-astrologyapi-key";
    private static final String BASIC = "basic ";

    private final boolean anybody;
    private final byte[] account;
    private final byte[] key;

    Callers(ChartApiSettings settings) {
        this.anybody = settings.apiKey().isBlank();
        this.account = utf8(settings.userId().strip() + ":" + settings.apiKey().strip());
        this.key = utf8(settings.apiKey().strip());
    }

    boolean mayAsk(HttpHeaders headers) {
        if (anybody) {
            return true;
        }
        var shown = headers.getFirst(KEY_HEADER);
        return shown != null
                ? MessageDigest.isEqual(utf8(shown.strip()), key)
                : basic(headers).filter(pair -> MessageDigest.isEqual(pair, account)).isPresent();
    }

    private static Optional<byte[]> basic(HttpHeaders headers) {
        var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization == null
                || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip()));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
