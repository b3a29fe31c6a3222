package dev.orrery.pipeline.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orrery.pipeline.digest.Sha256;
import dev.orrery.pipeline.http.SharedSecret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The token that says who we are. Where it is for any body, one is made and used until two seconds
 * before its end, so that none ends on its way; callers at the same time share the one.
 *
 * <p>Thread safety: may be asked on any thread. Making one takes some microseconds, under a lock
 * that nobody holds for longer.
 */
public final class ServiceToken {

    private static final Duration SPARE = Duration.ofSeconds(2);

    private record Minted(String token, Instant usableUntil) {}

    /** Ids are made of it and a counter, since drawing each would wait for the system's entropy. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicLong minted = new AtomicLong();
    private final String service;
    private final Duration life;
    private final boolean signsBodies;
    private final Clock clock;
    private final MACSigner signer;
    private volatile Minted newest;

    /**
     * @param key HS256 key that is shared with whom we call, at least 32 bytes of UTF-8; secret
     * @param service our name
     * @param life of a token, 3 s to 1 h
     * @param signsBodies whether each token is made for one body, and of no use for another
     */
    public ServiceToken(
            String key, String service, Duration life, boolean signsBodies, Clock clock) {
        SharedSecret.requireStrong("key of service tokens", key);
        this.service = service;
        this.life = life;
        this.signsBodies = signsBodies;
        this.clock = clock;
        try {
            this.signer = new MACSigner(key);
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("BUG: a checked key cannot be used", unusable);
        }
        // Cryptography loads its classes here, and not on an event loop.
        Sha256.of("");
        this.newest = mint(null);
    }

    /** A token that may be sent with this body. */
    public String of(byte[] body) {
        return signsBodies ? mint(Sha256.of(body)).token() : current();
    }

    private String current() {
        var current = newest;
        return isUsable(current) ? current.token() : next();
    }

    private synchronized String next() {
        if (!isUsable(newest)) {
            newest = mint(null);
        }
        return newest.token();
    }

    private boolean isUsable(Minted minted) {
        return clock.instant().isBefore(minted.usableUntil());
    }

    /**
     * @param bodyHash of the only body that it is for; null when it is for any
     */
    private Minted mint(@Nullable String bodyHash) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // the unit of a token
        var expires = now.plus(life);
        var claims =
                new JWTClaimsSet.Builder()
                        .claim("service", service)
                        .claim("bsh", bodyHash) // left out when it is null
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expires))
                        .jwtID(process + "-" + minted.incrementAndGet())
                        .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("BUG: HS256 cannot be signed", impossible);
        }
        return new Minted(token.serialize(), expires.minus(SPARE));
    }
}
