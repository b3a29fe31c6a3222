package dev.orrery.llm.gateway.repeats;

import dev.orrery.pipeline.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A request that its service has given a name, so that it is known when it comes again.
 *
 * @param service whose name it is; nobody else's requests are the same
 * @param id the name
 * @param fingerprint tells what is asked, and for whom; 43 characters
 */
public record NamedRequest(String service, String id, String fingerprint) {

    private static final String PREFIX = "orrery:gateway:answer:";

    /**
     * @param bodyHash of its bytes
     * @param user on whose behalf, which the body need not say
     */
    public static NamedRequest of(
            String service, String id, String bodyHash, @Nullable String user) {
        return new NamedRequest(
                service, id, user == null ? bodyHash : Sha256.of(bodyHash + '\n' + user));
    }

    /** Where it stands. A service has no colon in its name. */
    String key() {
        return PREFIX + service + ':' + id;
    }
}
