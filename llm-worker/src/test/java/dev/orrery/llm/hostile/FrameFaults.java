package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.EventFrames.BEDROCK;
import static dev.orrery.llm.hostile.EventFrames.OPENING;
import static dev.orrery.llm.hostile.EventFrames.STOP;
import static dev.orrery.llm.hostile.EventFrames.USAGE;
import static dev.orrery.llm.hostile.EventFrames.delta;
import static dev.orrery.llm.hostile.EventFrames.text;
import static dev.orrery.llm.hostile.EventFrames.usage;
import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.HURRIED_LATER;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;
import static dev.orrery.llm.hostile.TransportFaults.LATE;
import static dev.orrery.llm.hostile.TransportFaults.MALFORMED;
import static dev.orrery.llm.hostile.TransportFaults.STALLED;
import static dev.orrery.llm.hostile.TransportFaults.TRUNCATED;
import static dev.orrery.llm.hostile.TransportFaults.bytes;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.hostile.Fault.Ending;
import dev.orrery.llm.hostile.HostileUpstream.Conduct;
import dev.orrery.llm.hostile.HostileUpstream.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What goes wrong with the frames of a stream: their sums, their lengths, and what they hold. */
public final class FrameFaults {

    private static final String TEXT = LanguageFaults.TEXT;
    private static final byte[] BEGUN = BEDROCK.beginning("A hostile ");
    private static final byte[] GOOD = text(TEXT);
    private static final int TOO_LARGE = 30 * 1024 * 1024;
    private static final int LARGE = 8 * 1024 * 1024;

    private final List<Fault> faults = new ArrayList<>();

    private FrameFaults() {}

    public static List<Fault> all() {
        var faults = new FrameFaults();
        faults.sums();
        faults.lengths();
        faults.headers();
        faults.exceptions();
        faults.payloads();
        faults.ends();
        faults.neverEnding();
        return List.copyOf(faults.faults);
    }

    /** A stream that ends as streams do. */
    private void add(String name, Ending ending, byte[]... frames) {
        conducted(name, PATIENT, ending, wire -> head(wire).chunk(Frame.joined(frames)).end());
    }

    /** A stream that is not heard of any more after these. */
    private void silent(String name, Limits patience, Ending ending, byte[]... frames) {
        conducted(
                name,
                patience,
                ending,
                wire -> head(wire).chunk(Frame.joined(frames)).stayedSilent());
    }

    private void endless(String name, Limits patience, Ending ending, byte[] first, byte[] frame) {
        conducted(
                name, patience, ending, wire -> head(wire).send(chunk(first)).repeat(chunk(frame)));
    }

    private void conducted(String name, Limits patience, Ending ending, Conduct conduct) {
        faults.add(new Fault(name, BEDROCK, true, patience, conduct, ending));
    }

    private static Wire head(Wire wire) throws IOException {
        return wire.send(Heads.chunked(Heads.FRAMES));
    }

    private static byte[] chunk(byte[] body) {
        return Frame.joined(bytes(Integer.toHexString(body.length) + "\r\n"), body, bytes("\r\n"));
    }

    private void sums() {
        var place = GOOD.length / 2;
        add("a length whose sum is wrong", failed(MALFORMED), OPENING, Frame.broken(GOOD, 8), STOP);
        add("a frame whose sum is wrong", failed(MALFORMED), OPENING, Frame.broken(GOOD, -1), STOP);
        add("a bit that is wrong", failed(MALFORMED), OPENING, Frame.broken(GOOD, place), STOP);
        add("a wrong sum after the first text", failed(MALFORMED), BEGUN, Frame.broken(GOOD, -1));
        silent(
                "a wrong sum after the first text, and silence",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.broken(GOOD, -1));
        silent("a wrong sum, and silence", PATIENT, failed(MALFORMED), Frame.broken(GOOD, 8));
        add("a stop whose sum is wrong", failed(MALFORMED), OPENING, GOOD, Frame.broken(STOP, -1));
    }

    private void lengths() {
        var more = bytes("xxx"); // lengths are looked at when there is more than them
        silent(
                "a frame of no length",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.prelude(0, 0),
                more);
        silent(
                "a frame of a negative length",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.prelude(-1, 0),
                more);
        silent(
                "headers of a negative length",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.prelude(100, -1),
                more);
        silent(
                "headers longer than their frame",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.prelude(100, 99),
                more);
        silent(
                "a frame that says to be of 30 MB",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.prelude(TOO_LARGE, 0),
                more);
        silent(
                "a frame that says to be of 8 MB, and silence",
                HURRIED_LATER,
                failed(STALLED),
                BEGUN,
                Frame.prelude(LARGE, 0));
        add("a frame of 3 MB", failed(MALFORMED), OPENING, text("x".repeat(3 * 1024 * 1024)), STOP);
        endless(
                "a frame of 8 MB, slowly",
                HURRIED_AT_FIRST,
                failed(LATE),
                Frame.prelude(LARGE, 0),
                bytes("x"));
    }

    private void headers() {
        var payload = bytes("{\"stopReason\":\"end_turn\"}");
        add(
                "a frame without headers",
                failed(MALFORMED),
                BEGUN,
                Frame.of(new byte[0], payload),
                STOP);
        silent(
                "a frame without headers, and silence",
                PATIENT,
                failed(MALFORMED),
                BEGUN,
                Frame.of(new byte[0], new byte[0]));
        add(
                "a kind of message that nobody knows",
                taken("A hostile "),
                BEGUN,
                Frame.of(Frame.header(":message-type", "gossip"), payload),
                STOP);
        add(
                "a kind of message that is a number",
                failed(MALFORMED),
                BEGUN,
                Frame.of(
                        Frame.header(
                                ":message-type", (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 7),
                        payload),
                STOP);
        add(
                "a header of no type that there is",
                failed(MALFORMED),
                BEGUN,
                Frame.of(Frame.header("x", (byte) 42, (byte) 1), payload),
                STOP);
        add(
                "a header beyond the headers",
                failed(MALFORMED),
                BEGUN,
                Frame.of(new byte[] {100, 'x'}, payload),
                STOP);
        add(
                "an event that nobody knows",
                taken(TEXT),
                OPENING,
                Frame.event("horoscope", "{\"text\":\"And more.\"}"),
                GOOD,
                STOP,
                USAGE);
    }

    private void exceptions() {
        var busy = "{\"message\":\"Too many requests\"}";
        add(
                "an exception at first",
                failed("rate_limited"),
                Frame.exception("throttlingException", busy));
        silent(
                "an exception at first, and silence",
                PATIENT,
                failed("rate_limited"),
                Frame.exception("throttlingException", busy));
        add(
                "an exception after the first text",
                failed("overloaded"),
                BEGUN,
                Frame.exception("serviceUnavailableException", "{}"));
        silent(
                "an exception after the first text, and silence",
                PATIENT,
                failed("server_error"),
                BEGUN,
                Frame.exception("internalServerException", "{}"));
        add(
                "an exception that nobody knows",
                failed(),
                BEGUN,
                Frame.exception("moonException", "{}"));
        add("an exception without a word", failed(), BEGUN, Frame.exception("moonException", ""));
        add("an exception that is no JSON", failed(), BEGUN, Frame.exception("moonException", "{"));
        add("an error", failed(), BEGUN, Frame.error("InternalFailure", "An odd one."));
        silent("an error, and silence", PATIENT, failed(), Frame.error("InternalFailure", "Odd."));
        add(
                "text after an exception",
                failed("rate_limited"),
                OPENING,
                Frame.exception("throttlingException", busy),
                GOOD,
                STOP);
    }

    private void payloads() {
        add(
                "nothing in many shapes",
                taken(TEXT),
                Frame.event("messageStart", "{}"),
                Frame.event("contentBlockStart", "{}"),
                Frame.event("contentBlockStart", "{\"contentBlockIndex\":0,\"start\":{}}"),
                Frame.event("contentBlockDelta", "{}"),
                Frame.event("contentBlockDelta", "{\"delta\":null}"),
                delta("{}"),
                delta("{\"text\":null}"),
                delta("{\"toolUse\":{}}"),
                delta("{\"reasoningContent\":{}}"),
                Frame.event("contentBlockStop", "{}"),
                Frame.event("metadata", "{\"usage\":{}}"),
                GOOD,
                STOP,
                USAGE);
        add("a payload that is no JSON", failed(MALFORMED), BEGUN, delta("{"), STOP);
        add("a list as a text", failed(), BEGUN, delta("{\"text\":[\"a\"]}"), STOP);
        add(
                "deep nesting",
                failed(MALFORMED),
                BEGUN,
                delta("{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
                Frame.event("contentBlockDelta", "{"));
        add("no opening", taken(TEXT), GOOD, STOP, USAGE);
        add("negative tokens", taken(TEXT), OPENING, GOOD, STOP, usage(-9, -3));
        add(
                "more tokens than there are",
                taken(TEXT),
                OPENING,
                GOOD,
                STOP,
                usage(Integer.MAX_VALUE, 3));
        add(
                "a stop without a reason",
                failed(MALFORMED),
                OPENING,
                GOOD,
                Frame.event("messageStop", "{}"),
                USAGE);
        add(
                "a reason that nobody knows",
                taken(TEXT),
                OPENING,
                GOOD,
                Frame.event("messageStop", "{\"stopReason\":\"full_moon\"}"));
        add("a stop before the text", failed("empty_response"), OPENING, STOP, GOOD, USAGE);
        add("no text", failed("empty_response"), OPENING, STOP, USAGE);
    }

    private void ends() {
        var half = Arrays.copyOf(GOOD, GOOD.length / 2);
        add("an end without a stop", failed(TRUNCATED), OPENING, GOOD, USAGE);
        add("nothing at all", failed(TRUNCATED, MALFORMED));
        add("half a frame", failed(TRUNCATED), BEGUN, half);
        add("half a length", failed(TRUNCATED), BEGUN, Arrays.copyOf(GOOD, 6));
        silent("half a frame, and silence", HURRIED_LATER, failed(STALLED), BEGUN, half);
        silent("half a frame at first, and silence", HURRIED_AT_FIRST, failed(LATE), half);
        silent("silence after the end", PATIENT, taken(TEXT), OPENING, GOOD, STOP, USAGE);
        silent("silence after the stop", PATIENT, taken(TEXT), OPENING, GOOD, STOP);
        add("more after the end", taken(TEXT), OPENING, GOOD, STOP, USAGE, text(" And more."));
        add("half a frame after the end", taken(TEXT), OPENING, GOOD, STOP, USAGE, half);
    }

    private void neverEnding() {
        var unknown = Frame.event("horoscope", "{}");
        endless("openings without end", HURRIED_AT_FIRST, failed(LATE), OPENING, OPENING);
        endless("unknown events without end", HURRIED_AT_FIRST, failed(LATE), OPENING, unknown);
        endless(
                "unknown events after the first text",
                HURRIED_LATER,
                failed(STALLED),
                BEGUN,
                unknown);
        endless(
                "thoughts without end",
                HURRIED_AT_FIRST,
                failed(LATE),
                OPENING,
                delta("{\"reasoningContent\":{\"text\":\"Hm.\"}}"));
        endless("text without end", PATIENT, failed(MALFORMED), OPENING, text("x".repeat(50_000)));
        endless(
                "blanks without end",
                PATIENT,
                failed(MALFORMED),
                OPENING,
                text(" ".repeat(50_000)));
        endless(
                "unknown events after the end",
                PATIENT,
                taken(TEXT),
                Frame.joined(OPENING, GOOD, STOP, USAGE),
                unknown);
    }
}
