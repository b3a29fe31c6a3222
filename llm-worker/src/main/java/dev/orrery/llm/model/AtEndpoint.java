package dev.orrery.llm.model;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A provider at an address that a request names, as the chain knows it: {@code
 * openai@http://127.0.0.1:9000/v1}. Of two addresses one may be broken and the other not, so they
 * are two providers to whoever counts failures.
 */
public final class AtEndpoint {

    private static final char AT = '@';
    private static final String NAMED = AT + "named";

    private AtEndpoint() {}

    public static String name(String provider, @Nullable URI endpoint) {
        return endpoint == null ? provider : provider + AT + endpoint;
    }

    /** The code that the request named. */
    public static String provider(String name) {
        int at = name.indexOf(AT);
        return at < 0 ? name : name.substring(0, at);
    }

    /** Null for a provider at its own address. */
    public static @Nullable URI endpoint(String name) {
        int at = name.indexOf(AT);
        return at < 0 ? null : URI.create(name.substring(at + 1));
    }

    /**
     * Its name in metrics and logs: {@code openai@named}, whatever the address. A metric may not
     * have as many tags as somebody else has addresses, and a log is not to tell them.
     */
    public static String tag(String name) {
        int at = name.indexOf(AT);
        return at < 0 ? name : name.substring(0, at) + NAMED;
    }
}
