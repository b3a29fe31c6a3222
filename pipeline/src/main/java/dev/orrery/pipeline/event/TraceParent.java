package dev.orrery.pipeline.event;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A position in a trace, as the W3C Trace Context recommendation (level 1, section 3.2) writes it.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param parentId 16 lower-case hex digits, not all zero
 * @param sampled whether the trace is recorded
 */
public record TraceParent(String traceId, String parentId, boolean sampled) {

    private static final Pattern FORMAT =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    /** Reads a header; empty when it is malformed, in which case a new trace is to be begun. */
    public static Optional<TraceParent> parse(String header) {
        var matcher = FORMAT.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean sampled = (HexFormat.fromHexDigits(matcher.group(3)) & 1) == 1;
        return Optional.of(new TraceParent(matcher.group(1), matcher.group(2), sampled));
    }

    /** The same trace, one span further. */
    public TraceParent withParent(String spanId) {
        return new TraceParent(traceId, spanId, sampled);
    }

    /** The header's value. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + parentId + "-" + (sampled ? "01" : "00");
    }
}
