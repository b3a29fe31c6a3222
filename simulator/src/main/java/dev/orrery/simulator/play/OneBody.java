package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.script.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An answer that is sent as a whole, once a stream of the same script would have ended: the headers
 * come when the script says, the body follows after the time that all its text takes.
 */
final class OneBody {

    private static final String WRONG_CONTENT_TYPE = "text/plain; charset=utf-8";

    private final Script script;
    private final Fault.InContent fault;
    private final WholeBody body;

    OneBody(Script script, Fault.InContent fault, WholeBody body) {
        this.script = script;
        this.fault = fault;
        this.body = body;
    }

    Answer.Page page() {
        return switch (fault) {
            case Fault.CutAfter ignored -> half(Ending.CUT);
            case Fault.SilenceAfter ignored -> half(Ending.SILENCE);
            case Fault.BrokenEventAfter ignored -> sized(firstHalf(body.bytes(fault)));
            case Fault.ErrorAfter error -> sized(body.error(error.code()));
            case Fault.Quirk.ERROR_FIRST -> sized(body.error(null));
            case Fault.Quirk.INVALID_UTF8 -> sized(TextFault.spoilt(body.bytes(fault)));
            case Fault.InContent ignored -> packed(body.bytes(fault));
        };
    }

    /** Promises the whole body and sends a half. */
    private Answer.Page half(Ending ending) {
        byte[] whole = body.bytes(fault);
        return page(whole.length, Stream.of(timed(firstHalf(whole))).toList(), ending, false);
    }

    private Answer.Page sized(byte[] bytes) {
        return page(bytes.length, List.of(timed(bytes)), Ending.COMPLETE, false);
    }

    private Answer.Page packed(byte[] bytes) {
        Packaging packaging = Packaging.of(fault);
        List<Packet> packets = packaging.pack(Stream.of(timed(bytes))).toList();
        int length = packets.stream().mapToInt(packet -> packet.bytes().length).sum();
        return page(length, packets, Ending.COMPLETE, packaging.apart());
    }

    /** Packets that are to be seen apart are sent as chunks, which nothing on the way joins. */
    private Answer.Page page(int length, List<Packet> packets, Ending ending, boolean apart) {
        Map<String, String> headers = new HashMap<>();
        headers.put(
                "content-type",
                fault == Fault.Quirk.WRONG_CONTENT_TYPE ? WRONG_CONTENT_TYPE : body.contentType());
        if (!apart) {
            headers.put("content-length", Integer.toString(length));
        }
        return new Answer.Page(script.beforeHeaders(), 200, headers, packets, ending, apart);
    }

    private Packet timed(byte[] bytes) {
        Duration afterFirst = script.betweenTokens().multipliedBy(Math.max(0, body.pieces() - 1));
        return Packet.at(script.beforeFirstToken().plus(afterFirst), bytes);
    }

    private static byte[] firstHalf(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }
}
