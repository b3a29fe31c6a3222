package dev.orrery.llm.http;

import dev.orrery.llm.http.RefusedEndpoint.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides where calls may go. What the operator has configured is trusted, apart from sending keys
 * in the clear. What comes from a caller or from the database is not: its host must be listed, and
 * every address that its name resolves to is checked when the connection is made, so that a name
 * whose address changes in between leads nowhere.
 *
 * <p>Thread safety: immutable; never blocks.
 */
public final class Destinations {

    /** A name as in DNS, or a literal; anything else is an attempt at being read differently. */
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Names that end so are numbers to some resolvers: decimal, octal and hexadecimal IPv4. */
    private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|\\d+)");

    private final boolean privateAllowed;
    private final boolean plainAllowed;
    private final Set<String> hosts;

    public Destinations(HttpSettings settings) {
        this.privateAllowed = settings.privateAddresses() == Permission.ALLOWED;
        this.plainAllowed = settings.plainHttp() == Permission.ALLOWED;
        this.hosts = settings.endpointHosts();
    }

    /**
     * Checks an address that the operator has configured.
     *
     * @throws RefusedEndpoint when it may not be called
     */
    public void checkConfigured(URI url) {
        checkEncrypted(url, host(url));
    }

    /**
     * Checks an address that somebody else has named, as far as its text tells. What it resolves to
     * is for {@link #allows}.
     *
     * @throws RefusedEndpoint when it may not be called
     */
    public void checkNamed(URI url) {
        var host = host(url);
        checkEncrypted(url, host);
        if (!isListed(host)) {
            throw new RefusedEndpoint(
                    Reason.HOST_NOT_LISTED,
                    host + " (expected: a host of orrery.llm.http.endpoint-hosts)");
        }
        if (isLiteral(host) && !allows(InetAddress.ofLiteral(host))) {
            throw notPublic(host);
        }
    }

    /** Whether connections to an address that somebody else has named may be made. */
    boolean allows(InetAddress address) {
        return switch (AddressKind.of(address)) {
            case PUBLIC -> true;
            case LOOPBACK, PRIVATE -> privateAllowed;
            case SPECIAL -> false;
        };
    }

    static RefusedEndpoint notPublic(String host) {
        return new RefusedEndpoint(
                Reason.ADDRESS_NOT_PUBLIC,
                host + " (expected: a host in the public network, and nowhere else)");
    }

    /** This machine may be called without being listed where private addresses may be. */
    private boolean isListed(String host) {
        if (hosts.contains(host) || privateAllowed && isLoopback(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        return dot > 0 && !isLiteral(host) && hosts.contains("*" + host.substring(dot));
    }

    private void checkEncrypted(URI url, String host) {
        if (!"https".equalsIgnoreCase(url.getScheme()) && !plainAllowed && !isLoopback(host)) {
            throw new RefusedEndpoint(
                    Reason.NOT_ENCRYPTED,
                    "http://"
                            + host
                            + " (expected: https, or orrery.llm.http.plain-http: allowed)");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || isLiteral(host)
                        && AddressKind.of(InetAddress.ofLiteral(host)) == AddressKind.LOOPBACK;
    }

    /** The host in lower case, without brackets. */
    private static String host(URI url) {
        var scheme = url.getScheme();
        var host = url.getHost();
        if (host == null
                || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new RefusedEndpoint(
                    Reason.MALFORMED, "base URL (expected: http(s)://host[:port][/path])");
        }
        var name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            return name.substring(1, name.length() - 1);
        }
        boolean number = NUMERIC_END.matcher(name).matches();
        if (!HOST.matcher(name).matches() || number && !isLiteral(name)) {
            throw new RefusedEndpoint(
                    Reason.MALFORMED, "host of the base URL (expected: a name or an address)");
        }
        return name;
    }

    /** Leading zeros are octal to some and decimal to others, so such a quad is no literal. */
    private static boolean isLiteral(String host) {
        if (host.indexOf(':') >= 0) {
            return host.indexOf('%') < 0;
        }
        return DOTTED_QUAD.matcher(host).matches() && isCanonical(host);
    }

    private static boolean isCanonical(String quad) {
        for (var part : quad.split("\\.")) {
            if (part.length() > 1 && part.startsWith("0") || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
