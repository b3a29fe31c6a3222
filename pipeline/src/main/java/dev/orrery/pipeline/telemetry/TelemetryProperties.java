package dev.orrery.pipeline.telemetry;

import dev.orrery.pipeline.http.PlainHttp;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who collects spans, and how much is told. Nobody does by default.
 *
 * @param endpoint of an OTLP/HTTP collector, with or without {@code /v1/traces}; blank for none
 * @param headers sent to it, {@code name=value,name=value}, values percent-encoded; not for logs
 * @param plainHttp whether keys may be sent to a collector over {@code http://}, beyond this
 *     machine
 * @param langfuse a Langfuse that collects them, beside or instead of the above
 * @param capture how much of prompts and answers is told
 * @param captureChars the most of one text that is told, in UTF-16 units, 1 to 100,000
 * @param userIds how users are named
 * @param environment name of the installation, such as production; blank for none
 * @param queue spans that may wait for one collector, 1 to 100,000; one more is dropped and counted
 * @param batch spans of one request, 1 to {@code queue}
 * @param interval longest wait of a span for others that travel with it
 * @param exportLimit one request, with its repetitions
 * @param flush time for what is waiting when the app stops
 */
@ConfigurationProperties("orrery.telemetry")
record TelemetryProperties(
        @DefaultValue("") String endpoint,
        @DefaultValue("") String headers,
        @DefaultValue("refused") PlainHttp plainHttp,
        @DefaultValue Langfuse langfuse,
        @DefaultValue("lengths") Capture capture,
        @DefaultValue("8000") int captureChars,
        @DefaultValue("plain") UserIds userIds,
        @DefaultValue("") String environment,
        @DefaultValue("4096") int queue,
        @DefaultValue("512") int batch,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("10s") Duration exportLimit,
        @DefaultValue("3s") Duration flush) {

    private static final int MOST_WAITING = 100_000;
    private static final int MOST_CAPTURED = 100_000;

    TelemetryProperties {
        check(queue >= 1 && queue <= MOST_WAITING, "queue", queue, "1 to " + MOST_WAITING);
        check(batch >= 1 && batch <= queue, "batch", batch, "1 to queue, " + queue);
        check(
                captureChars >= 1 && captureChars <= MOST_CAPTURED,
                "capture-chars",
                captureChars,
                "1 to " + MOST_CAPTURED);
        check(interval.isPositive(), "interval", interval, "> 0");
        check(exportLimit.isPositive(), "export-limit", exportLimit, "> 0");
        check(!flush.isNegative(), "flush", flush, ">= 0");
    }

    private static void check(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "orrery.telemetry." + key + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** Without headers and keys, which must not reach a log. */
    @Override
    public String toString() {
        return "TelemetryProperties[endpoint=" + endpoint + ", langfuse=" + langfuse + "]";
    }

    /**
     * All three, or none.
     *
     * @param host such as {@code https://cloud.langfuse.com}; the rest of the address is known
     * @param publicKey which project the spans belong to
     * @param secretKey proves it; not for logs
     */
    record Langfuse(
            @DefaultValue("") String host,
            @DefaultValue("") String publicKey,
            @DefaultValue("") String secretKey) {

        Langfuse {
            boolean complete = !host.isBlank() && !publicKey.isBlank() && !secretKey.isBlank();
            boolean absent = host.isBlank() && publicKey.isBlank() && secretKey.isBlank();
            if (!complete && !absent) {
                throw new IllegalArgumentException(
                        "orrery.telemetry.langfuse: a part of it is missing"
                                + " (expected: host, public-key and secret-key, or none of them)");
            }
        }

        boolean isWanted() {
            return !host.isBlank();
        }

        @Override
        public String toString() {
            return host;
        }
    }
}
