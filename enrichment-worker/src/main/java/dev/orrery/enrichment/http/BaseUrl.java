package dev.orrery.enrichment.http;

import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a service is, as somebody configured it or as everybody knows it. */
public final class BaseUrl {

    private BaseUrl() {}

    /**
     * @param setting names it in a refusal, which does not repeat it: it may hold a secret
     * @param configured http or https, without user and query; null or empty for the original
     */
    public static URI of(String setting, @Nullable URI configured, URI original) {
        if (configured == null || configured.toString().isEmpty()) {
            return original;
        }
        if (isUsable(configured)) {
            return configured;
        }
        throw new IllegalArgumentException(
                setting + ": expected http(s)://host/path, without user and query");
    }

    /**
     * As {@link #of}, where secrets are sent to.
     *
     * @param plainHttp whether they may be sent over {@code http://}, beyond this machine
     */
    public static URI ofSecrets(
            String setting, @Nullable URI configured, URI original, PlainHttp plainHttp) {
        var url = of(setting, configured, original);
        if (plainHttp.takes(url)) {
            return url;
        }
        throw new IllegalArgumentException(
                setting
                        + ": keys would travel in the clear (expected: https, http on this"
                        + " machine, or plain-http: allowed)");
    }

    private static boolean isUsable(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null;
    }

    /** Its name or address, without a port. */
    public static String host(URI url) {
        return Objects.requireNonNull(url.getHost(), "BUG: a base URL without a host");
    }
}
