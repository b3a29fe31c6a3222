package dev.orrery.enrichment.http;

import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a service is, as somebody configured it or as everybody knows it. */
public final class BaseUrl {

    private BaseUrl() {}

    /**
     * @param setting names it in a refusal, which does not repeat it: it may hold a secret
     * @param configured http or https, without user and query; null or empty for the original
     * @param plainHttp whether it may be asked over {@code http://}, beyond this machine: keys, and
     *     where people are and were born, are nobody's business on the way
     */
    public static URI of(
            String setting, @Nullable URI configured, URI original, PlainHttp plainHttp) {
        if (configured == null || configured.toString().isEmpty()) {
            return original;
        }
        if (!isUsable(configured)) {
            throw new IllegalArgumentException(
                    setting + ": expected http(s)://host/path, without user and query");
        }
        if (!plainHttp.takes(configured)) {
            throw new IllegalArgumentException(
                    setting
                            + ": what is asked would travel in the clear (expected: https, http on"
                            + " this machine, or plain-http: allowed)");
        }
        return configured;
    }

    private static boolean isUsable(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null;
    }

    /**
     * Tells it from every other service: host, port and path, since two may stand on one machine,
     * and two versions behind one name.
     */
    public static String name(URI url) {
        return url.getRawAuthority() + url.getRawPath().replaceAll("/+$", "");
    }
}
