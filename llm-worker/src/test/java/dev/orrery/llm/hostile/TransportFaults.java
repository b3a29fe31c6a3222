package dev.orrery.llm.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What goes wrong below what is said, whatever language it is said in. */
public final class TransportFaults {

    static final String TEXT = "A hostile ü😀 answer.";
    static final String MALFORMED = "malformed_response";
    static final String TRUNCATED = "truncated_stream";
    static final String LATE = "timed_out_first_token";
    static final String STALLED = "timed_out_stall";

    private TransportFaults() {}

    public static List<Fault> of(Language language, boolean streamed) {
        var faults = new ArrayList<Fault>();
        faults.addAll(HeadFaults.of(language, streamed));
        faults.addAll(BodyFaults.of(language, streamed));
        faults.addAll(EndFaults.of(language, streamed));
        if (streamed && language instanceof Dialect dialect) {
            faults.addAll(StreamFaults.of(dialect));
        }
        return List.copyOf(faults);
    }

    static byte[] chunk(String text) {
        return bytes(Integer.toHexString(Heads.length(text)) + "\r\n" + text + "\r\n");
    }

    static byte[] joined(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
