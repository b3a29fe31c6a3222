package dev.orrery.pipeline.event;

import dev.orrery.ids.DerivedId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
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

    /** The id that the recommendation forbids. */
    private static final UUID NOBODY = new UUID(0, 0);

    /**
     * Namespace of what is derived here; fixed for ever, so that every process derives the same.
     */
    private static final UUID TRACES = UUID.fromString("0d5c6a6e-53cf-5f0e-9a0b-6a0d7f6d2c1e");

    /**
     * Where the trace of a turn, or of anything else that events are about, begins when nobody has
     * begun one before: the same place, whoever asks and however often. The trace of a turn has the
     * turn's id, without hyphens.
     */
    public static TraceParent rootOf(String correlationId) {
        var id = traceOf(correlationId);
        long span = DerivedId.of(TRACES, "root/" + correlationId).getMostSignificantBits();
        return new TraceParent(
                hex(id.getMostSignificantBits()) + hex(id.getLeastSignificantBits()),
                hex(span),
                true);
    }

    private static UUID traceOf(String correlationId) {
        try {
            var id = UUID.fromString(correlationId);
            return id.equals(NOBODY) ? DerivedId.of(TRACES, correlationId) : id;
        } catch (IllegalArgumentException notOne) {
            return DerivedId.of(TRACES, correlationId);
        }
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }

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
