package dev.orrery.pipeline.gateway;

import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.gateway.tokens.ServiceToken;
import dev.orrery.pipeline.http.SharedSecret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * Where the gateway is, and who we are to it.
 *
 * @param url its host, with or without a slash at the end; {@code http} is refused outside of this
 *     machine, unless told otherwise
 * @param key HS256 key that it shares with us, at least 32 bytes of UTF-8; secret
 * @param service our name
 * @param appIdentifier sent with every call, and recorded there
 * @param tokenLife how long a token lives, 10 s to 1 h; to 5 min where bodies are signed
 * @param connectLimit until the connection stands, above 0
 * @param answerLimit until the whole answer is there, above 0
 * @param plainHttp whether {@code http} is taken for any host, as within a cluster
 * @param signBodies whether each token is made for one body, and of no use for another; else one
 *     token serves all calls until shortly before its end
 */
public record GatewayAccess(
        URI url,
        String key,
        String service,
        String appIdentifier,
        Duration tokenLife,
        Duration connectLimit,
        Duration answerLimit,
        boolean plainHttp,
        boolean signBodies) {

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(10);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    /** A token for one body is sent at once, and is of use to nobody afterwards. */
    private static final Duration LONGEST_LIFE_FOR_A_BODY = Duration.ofMinutes(5);

    public GatewayAccess {
        if (url.getHost() == null) {
            throw new IllegalArgumentException("LLM_GATEWAY_HOST is not defined in settings");
        }
        requireSafe(url, plainHttp);
        SharedSecret.requireStrong("gateway key", key);
        var longest = signBodies ? LONGEST_LIFE_FOR_A_BODY : LONGEST_LIFE;
        if (tokenLife.compareTo(SHORTEST_LIFE) < 0 || tokenLife.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "gateway token life: %s (expected: 10 s to %s)"
                            .formatted(tokenLife, signBodies ? "5 min" : "1 h"));
        }
        if (!connectLimit.isPositive() || !answerLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "gateway limits: %s, %s (expected: above 0)"
                            .formatted(connectLimit, answerLimit));
        }
    }

    /** With one token for all calls of its life. */
    public GatewayAccess(
            URI url,
            String key,
            String service,
            String appIdentifier,
            Duration tokenLife,
            Duration connectLimit,
            Duration answerLimit,
            boolean plainHttp) {
        this(
                url,
                key,
                service,
                appIdentifier,
                tokenLife,
                connectLimit,
                answerLimit,
                plainHttp,
                false);
    }

    /**
     * The same, with a token for each body.
     *
     * @param life of such a token, 10 s to 5 min
     */
    public GatewayAccess signingBodies(Duration life) {
        return new GatewayAccess(
                url, key, service, appIdentifier, life, connectLimit, answerLimit, plainHttp, true);
    }

    /** With one token for an hour, and the limits that the gateway has of its own accord. */
    public static GatewayAccess of(URI url, String key, String service, String appIdentifier) {
        return new GatewayAccess(
                url,
                key,
                service,
                appIdentifier,
                LONGEST_LIFE,
                Duration.ofSeconds(2),
                Duration.ofSeconds(130),
                false);
    }

    private static void requireSafe(URI url, boolean plainHttp) {
        if (!(plainHttp ? PlainHttp.ALLOWED : PlainHttp.REFUSED).takes(url)
                || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "gateway: %s://%s (expected: https, or http on this machine)"
                            .formatted(url.getScheme(), url.getHost()));
        }
    }

    /** Says who we are; one for all calls, since it is made with the key just once. */
    ServiceToken token(Clock clock) {
        return new ServiceToken(key, service, tokenLife, signBodies, clock);
    }

    /** Where answers are asked for. */
    URI generate() {
        var base = url.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + "/v1/generate/");
    }

    /** Without the key, which must not reach a log. */
    @Override
    public String toString() {
        return "GatewayAccess[url=" + url + ", service=" + service + "]";
    }
}
