package dev.orrery.ingest.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The public keys of an issuer (RFC 7517). They are read anew when they are five minutes old, and
 * for a token that names a key which is not among them, yet twice in half a minute at most: whoever
 * makes names of keys up reaches this process and not the issuer. One reading at a time, which all
 * who wait for it share. While the issuer is away, keys serve for an hour; a key that it has
 * withdrawn serves for five minutes.
 *
 * <p>May be called on any thread; never blocks.
 */
final class IssuerKeys {

    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(30);
    static final Duration PAUSE_AFTER_A_FAILURE = Duration.ofSeconds(2);

    /** Of an answer as a whole; the client's own limits are for the silence between two pieces. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    /** What the issuer said, and when. */
    private record Known(List<JWK> keys, Instant since) {

        boolean isYoungerThan(Duration age, Instant now) {
            return now.isBefore(since.plus(age));
        }

        /** A token that names none may be signed with any. */
        boolean has(@Nullable String name) {
            return name == null || keys.stream().anyMatch(key -> name.equals(key.getKeyID()));
        }
    }

    private final WebClient issuer;
    private final String address;
    private final Clock clock;

    // Guarded by this.
    private @Nullable Known known;
    private @Nullable Mono<List<JWK>> reading;
    private Instant nextReading = Instant.MIN;

    IssuerKeys(WebClient issuer, String address, Clock clock) {
        this.issuer = issuer;
        this.address = address;
        this.clock = clock;
    }

    /** What may have signed the token; fails when the issuer gives no keys. */
    Flux<JWK> of(SignedJWT token) {
        return Flux.defer(() -> suiting(token.getHeader()).flatMapIterable(keys -> keys));
    }

    private synchronized Mono<List<JWK>> suiting(JWSHeader header) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            return Mono.just(List.of());
        }
        var now = clock.instant();
        var usable = known != null && known.isYoungerThan(USABLE, now) ? known : null;
        if (usable != null && usable.isYoungerThan(FRESH, now) && usable.has(header.getKeyID())) {
            return Mono.just(usable.keys());
        }
        if (now.isBefore(nextReading)) {
            return usable != null ? Mono.just(usable.keys()) : Mono.error(IssuerKeys::away);
        }
        return usable != null ? read().onErrorReturn(usable.keys()) : read();
    }

    /** Called under the monitor. */
    private Mono<List<JWK>> read() {
        if (reading == null) {
            reading =
                    issuer.get()
                            .uri(address)
                            .retrieve()
                            .bodyToMono(String.class)
                            .timeout(LONGEST_ANSWER)
                            .map(IssuerKeys::parsed)
                            .switchIfEmpty(Mono.error(IssuerKeys::away))
                            .doOnNext(this::learn)
                            .doOnError(failure -> pause(PAUSE_AFTER_A_FAILURE))
                            .cache(); // shared; who leaves breaks nobody's reading off
        }
        return reading;
    }

    private synchronized void learn(List<JWK> keys) {
        known = new Known(keys, clock.instant());
        pause(PAUSE);
    }

    private synchronized void pause(Duration pause) {
        nextReading = clock.instant().plus(pause);
        reading = null;
    }

    private static List<JWK> parsed(String document) {
        try {
            return List.copyOf(JWKSet.parse(document).getKeys());
        } catch (ParseException malformed) {
            throw new IllegalStateException("the issuer's keys cannot be read", malformed);
        }
    }

    private static IllegalStateException away() {
        return new IllegalStateException("the issuer gives no keys");
    }
}
