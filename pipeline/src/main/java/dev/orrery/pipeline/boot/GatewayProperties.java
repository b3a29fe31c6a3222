package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.gateway.GatewayAccess;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway, for an app that has models asked by it.
 *
 * @param url its host; empty for none, and nothing is asked then
 * @param key HS256 key that it shares with us, at least 32 bytes; needed where there is a url
 * @param appIdentifier what its audit log knows us by
 * @param plainHttp whether {@code http} is taken for another machine, as within a cluster
 * @param patience longest wait for an answer, above 0
 * @param signBodies whether each call has a token of its own, for its body alone; else one token
 *     serves for an hour
 * @param bodyTokenLife how long a token for one body lives, 10 s to 5 min
 */
@ConfigurationProperties("orrery.gateway")
public record GatewayProperties(
        @Nullable String url,
        @Nullable String key,
        @DefaultValue("dev-orrery") String appIdentifier,
        @DefaultValue("false") boolean plainHttp,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("false") boolean signBodies,
        @DefaultValue("60s") Duration bodyTokenLife) {

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration CONNECTS = Duration.ofSeconds(2);

    public GatewayProperties {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.gateway.patience: " + patience + " (expected: above 0)");
        }
    }

    /**
     * Empty when there is no gateway.
     *
     * @param service our name, in tokens and in its audit log
     */
    public Optional<GatewayAccess> access(String service) {
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        var access =
                new GatewayAccess(
                        URI.create(url),
                        key == null ? "" : key,
                        service,
                        appIdentifier,
                        TOKEN_LIFE,
                        CONNECTS,
                        patience,
                        plainHttp);
        return Optional.of(signBodies ? access.signingBodies(bodyTokenLife) : access);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "GatewayProperties[url=" + url + "]";
    }
}
