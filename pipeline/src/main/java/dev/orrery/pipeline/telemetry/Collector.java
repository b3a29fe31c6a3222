package dev.orrery.pipeline.telemetry;

import dev.orrery.pipeline.http.PlainHttp;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Somebody who collects spans over OTLP/HTTP.
 *
 * @param name tag of its meters
 * @param url where spans are posted to
 * @param headers sent with each request; not for logs
 */
record Collector(String name, String url, Map<String, String> headers) {

    private static final Pattern ADDRESS = Pattern.compile("https?://[^/?#@\\s]+(/[^?#\\s]*)?");
    private static final String TRACES = "/v1/traces";
    private static final String LANGFUSE_TRACES = "/api/public/otel/v1/traces";

    /** Without it Langfuse shows spans minutes later. */
    private static final String INGESTION_VERSION = "x-langfuse-ingestion-version";

    /** Those that are configured; none by default. */
    static List<Collector> of(TelemetryProperties properties) {
        var collectors = new ArrayList<Collector>();
        if (!properties.endpoint().isBlank()) {
            collectors.add(otlp(properties));
        }
        if (properties.langfuse().isWanted()) {
            collectors.add(langfuse(properties.langfuse(), properties.plainHttp()));
        }
        return List.copyOf(collectors);
    }

    /** Headers are keys as a rule, and nobody says which of them are not. */
    private static Collector otlp(TelemetryProperties properties) {
        var base = address("endpoint", properties.endpoint());
        var headers = headersOf(properties.headers());
        if (!headers.isEmpty()) {
            requireSecret("endpoint", base, properties.plainHttp());
        }
        return new Collector("otlp", base.endsWith(TRACES) ? base : base + TRACES, headers);
    }

    private static Collector langfuse(TelemetryProperties.Langfuse langfuse, PlainHttp plainHttp) {
        var base = address("langfuse.host", langfuse.host());
        requireSecret("langfuse.host", base, plainHttp);
        var keys = langfuse.publicKey() + ":" + langfuse.secretKey();
        var proof = Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
        return new Collector(
                "langfuse",
                base + LANGFUSE_TRACES,
                Map.of("Authorization", "Basic " + proof, INGESTION_VERSION, "4"));
    }

    /** Without slashes at its end. */
    private static String address(String key, String stated) {
        var address = stated.strip().replaceFirst("/+$", "");
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "orrery.telemetry."
                            + key
                            + ": not an address (expected: http:// or https://, a host, no user"
                            + " and no query)");
        }
        return address;
    }

    private static void requireSecret(String key, String address, PlainHttp plainHttp) {
        if (!plainHttp.takes(URI.create(address))) {
            throw new IllegalArgumentException(
                    "orrery.telemetry."
                            + key
                            + ": keys would go to "
                            + address
                            + " in the clear (expected: https, http on this machine, or"
                            + " orrery.telemetry.plain-http: allowed)");
        }
    }

    /** As OpenTelemetry writes them in its environment variables. */
    private static Map<String, String> headersOf(String stated) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : stated.split(",")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                headers.put(
                        header.substring(0, equals).strip(),
                        // '+' is itself in this encoding
                        URLDecoder.decode(
                                header.substring(equals + 1).strip().replace("+", "%2B"),
                                StandardCharsets.UTF_8));
            } else if (!header.isBlank()) {
                throw new IllegalArgumentException(
                        "orrery.telemetry.headers: a part without a name"
                                + " (expected: name=value,name=value)");
            }
        }
        return Map.copyOf(headers);
    }

    /** Without the headers, which hold keys. */
    @Override
    public String toString() {
        return name + " at " + url;
    }
}
