package dev.orrery.pipeline.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orrery.pipeline.digest.Sha256;
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
final class ServiceToken {

    private static final Duration SPARE = Duration.ofSeconds(2);

    private record Minted(String token, Instant usableUntil) {}

    /** Ids are made of it and a counter, since drawing each would wait for the system's entropy. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicLong minted = new AtomicLong();
    private final GatewayAccess access;
    private final Clock clock;
    private final MACSigner signer;
    private volatile Minted newest;

    ServiceToken(GatewayAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
        try {
            this.signer = new MACSigner(access.key());
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("BUG: a checked key cannot be used", unusable);
        }
        // Cryptography loads its classes here, and not on an event loop.
        Sha256.of("");
        this.newest = mint(null);
    }

    /** A token that may be sent with this body. */
    String of(byte[] body) {
        return access.signBodies() ? mint(Sha256.of(body)).token() : current();
    }

    String current() {
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
        var expires = now.plus(access.tokenLife());
        var claims =
                new JWTClaimsSet.Builder()
                        .claim("service", access.service())
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
