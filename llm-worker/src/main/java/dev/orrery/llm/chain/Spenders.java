package dev.orrery.llm.chain;

/**
 * How those are called whom cost is counted for: a bot by its id, a service of the gateway by its
 * name behind {@code service:}, so that neither pays for the other.
 */
public final class Spenders {

    private static final String SERVICE = "service:";

    private Spenders() {}

    public static String service(String name) {
        return SERVICE + name;
    }

    public static boolean isService(String spender) {
        return spender.startsWith(SERVICE);
    }
}
