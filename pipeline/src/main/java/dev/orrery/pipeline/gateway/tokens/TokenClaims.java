package dev.orrery.pipeline.gateway.tokens;

import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a token has to say beyond a good signature: that it ends, within an hour of its beginning
 * and of now, and whose it is.
 */
final class TokenClaims {

    /** How far the clocks of a service and this process may be apart. */
    private static final long LEEWAY_SECONDS = 5;

    private static final long LONGEST_LIFE_SECONDS = 3_600;

    /** The year 9999: sums with leeway and lifetime stay far from overflow. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** SHA-256 in base64url, without padding. */
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final TokenSettings settings;
    private final Clock clock;

    TokenClaims(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Null when the token is not to be taken. */
    @Nullable Caller caller(ObjectNode claims) {
        var service = claims.path("service");
        var user = claims.path("sub");
        var bodyHash = claims.path("bsh");
        boolean fits =
                isInTime(claims)
                        && isForUs(claims.path("aud"))
                        && isService(service)
                        && (user.isMissingNode() || isUser(user))
                        && (bodyHash.isMissingNode() ? mayBeForAnyBody() : isHash(bodyHash));
        return fits ? new Caller(service.stringValue(), text(user), text(bodyHash)) : null;
    }

    private static @Nullable String text(JsonNode claim) {
        return claim.isString() ? claim.stringValue() : null;
    }

    private boolean mayBeForAnyBody() {
        return settings.bodyHash() == TokenSettings.BodyHash.OPTIONAL;
    }

    private static boolean isHash(JsonNode bodyHash) {
        return bodyHash.isString() && HASH.matcher(bodyHash.stringValue()).matches();
    }

    private boolean isInTime(ObjectNode claims) {
        long now = clock.instant().getEpochSecond();
        var expires = claims.path("exp");
        if (!isSecond(expires)
                || expires.longValue() <= now - LEEWAY_SECONDS
                || expires.longValue() > now + LONGEST_LIFE_SECONDS + LEEWAY_SECONDS) {
            return false;
        }
        var issued = claims.path("iat");
        if (!issued.isMissingNode()
                && (!isSecond(issued)
                        || issued.longValue() > now + LEEWAY_SECONDS
                        || expires.longValue() - issued.longValue() > LONGEST_LIFE_SECONDS)) {
            return false;
        }
        var notBefore = claims.path("nbf");
        return notBefore.isMissingNode()
                || (isSecond(notBefore) && notBefore.longValue() <= now + LEEWAY_SECONDS);
    }

    private boolean isForUs(JsonNode audience) {
        if (settings.audience().isBlank()) {
            return true;
        }
        return audience.isArray()
                ? audience.valueStream().anyMatch(this::isOurName)
                : isOurName(audience);
    }

    private boolean isOurName(JsonNode audience) {
        return audience.isString() && audience.stringValue().equals(settings.audience());
    }

    private boolean isService(JsonNode service) {
        return service.isString()
                && SERVICE.matcher(service.stringValue()).matches()
                && (settings.services().isEmpty()
                        || settings.services().contains(service.stringValue()));
    }

    private static boolean isSecond(JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= 0
                && value.longValue() <= LAST_SECOND;
    }

    private static boolean isUser(JsonNode user) {
        return user.isString() && UserName.isUsable(user.stringValue());
    }
}
