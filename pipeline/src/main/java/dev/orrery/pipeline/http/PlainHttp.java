package dev.orrery.pipeline.http;

import java.net.URI;
import java.util.Set;

/**
 * Whether what is secret may leave this machine over {@code http://}, for all on the way to read.
 */
public enum PlainHttp {
    REFUSED,
    ALLOWED;

    /** Names that stand for this machine; any other may lead elsewhere tomorrow. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Whether secrets may be sent there. Never with a scheme that is neither of HTTP's. */
    public boolean takes(URI url) {
        return switch (String.valueOf(url.getScheme())) {
            case "https" -> true;
            case "http" -> this == ALLOWED || THIS_MACHINE.contains(String.valueOf(url.getHost()));
            default -> false;
        };
    }
}
