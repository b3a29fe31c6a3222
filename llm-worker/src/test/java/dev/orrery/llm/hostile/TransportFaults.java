package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.HURRIED_LATER;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.hostile.Fault.Ending;
import dev.orrery.llm.hostile.HostileUpstream.Conduct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What goes wrong below what is said, whatever language it is said in. */
public final class TransportFaults {

    static final String TEXT = "A hostile ü😀 answer.";
    static final String MALFORMED = "malformed_response";
    static final String TRUNCATED = "truncated_stream";
    static final String LATE = "timed_out_first_token";
    static final String STALLED = "timed_out_stall";
    private static final byte[] FILLER = bytes("x".repeat(1_000));

    private final List<Fault> faults = new ArrayList<>();
    private final Language language;
    private final boolean streamed;

    /** The type of a good answer, the answer, and the beginning of one. */
    private final String type;

    private final byte[] answer;
    private final byte[] begun;

    /** With what the SDK notices and tells nobody: there the limit of the call has to end it. */
    private final Limits untold;

    private TransportFaults(Language language, boolean streamed) {
        this.language = language;
        this.streamed = streamed;
        this.type = language.type(streamed);
        this.untold = language.isReadBySdk() ? HURRIED_AT_FIRST : PATIENT;
        this.answer = streamed ? language.pieces("A hostile ü", "😀 answer.") : language.all(TEXT);
        this.begun =
                streamed
                        ? language.beginning("A hostile ")
                        : Arrays.copyOf(answer, answer.length / 2);
    }

    public static List<Fault> of(Language language, boolean streamed) {
        var faults = new TransportFaults(language, streamed);
        faults.nobodySpeaks();
        faults.heads();
        faults.bodies();
        faults.ends();
        if (streamed && language instanceof Dialect dialect) {
            faults.faults.addAll(StreamFaults.of(dialect));
        }
        return List.copyOf(faults.faults);
    }

    private void add(String name, Limits patience, Ending ending, Conduct conduct) {
        faults.add(new Fault(name, language, streamed, patience, conduct, ending));
    }

    /** Where the whole has to be there before any of it is of use. */
    private Ending takenIfStreamed(String... otherwise) {
        return streamed ? taken(TEXT) : failed(otherwise);
    }

    /** Where what does not belong there can be told from what does. */
    private Ending takenIfText() {
        return streamed ? takenByUs(MALFORMED) : taken(TEXT);
    }

    private Ending takenByUs(String otherwise) {
        return language.isReadBySdk() ? failed(otherwise) : taken(TEXT);
    }

    private Ending takenBySdk(String otherwise) {
        return language.isReadBySdk() ? taken(TEXT) : failed(otherwise);
    }

    private void nobodySpeaks() {
        add("silence", HURRIED_AT_FIRST, failed(LATE), wire -> wire.stayedSilent());
        add("FIN at once", PATIENT, failed("connection_failed"), wire -> wire.close());
        add("RST at once", PATIENT, failed("connection_failed"), wire -> wire.reset());
        add("another protocol", PATIENT, failed(), wire -> wire.send("SSH-2.0-Open\r\n").close());
        add(
                "HTTP/2 without being asked",
                PATIENT,
                failed(),
                wire -> wire.send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}).close());
    }

    private void heads() {
        add(
                "headers without end",
                untold,
                failed(),
                wire ->
                        wire.send("HTTP/1.1 200 OK\r\n")
                                .repeat(bytes("X-Filler: " + "x".repeat(1_000) + "\r\n")));
        add(
                "a header without end",
                untold,
                failed(),
                wire -> wire.send("HTTP/1.1 200 OK\r\nX: ").repeat(FILLER));
        add(
                "a status line without end",
                untold,
                failed(),
                wire -> wire.send("HTTP/1.1 200 ").repeat(FILLER));
        add(
                "half a head",
                HURRIED_AT_FIRST,
                failed(LATE),
                wire -> wire.send("HTTP/1.1 200 OK\r\nContent-Ty").stayedSilent());
        add(
                "a head and nothing else",
                HURRIED_AT_FIRST,
                failed(LATE),
                wire -> wire.send(Heads.chunked(type)).stayedSilent());
        add(
                "100 and nothing else",
                HURRIED_AT_FIRST,
                failed(LATE, "server_error"),
                wire -> wire.send("HTTP/1.1 100 Continue\r\n\r\n").stayedSilent());
        add(
                "a hint, a while, and the answer",
                PATIENT,
                takenByUs("server_error"),
                wire -> {
                    wire.send("HTTP/1.1 103 Early Hints\r\n\r\n").pause();
                    wire.send(Heads.chunked(type)).chunk(answer).end();
                });
        add(
                "100 without end",
                HURRIED_AT_FIRST,
                failed(LATE, "server_error"),
                wire -> wire.repeat(bytes("HTTP/1.1 100 Continue\r\n\r\n")));
        add(
                "a hint before the answer",
                PATIENT,
                takenByUs("server_error"),
                wire ->
                        wire.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
                                .send(Heads.chunked(type))
                                .chunk(answer)
                                .end());
        add(
                "204",
                PATIENT,
                failed(MALFORMED, TRUNCATED),
                wire -> wire.send("HTTP/1.1 204 No Content\r\n\r\n"));
        add(
                "a redirect",
                PATIENT,
                failed(MALFORMED),
                wire ->
                        wire.send(
                                "HTTP/1.1 307 Temporary Redirect\r\nLocation: /0/\r\nContent-Length: 0\r\n\r\n"));
        add(
                "HTML",
                PATIENT,
                failed(MALFORMED, TRUNCATED),
                wire -> wire.send(Heads.sized("text/html", 13)).send("<html></html>"));
        add(
                "no type",
                PATIENT,
                takenBySdk(MALFORMED),
                wire ->
                        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                                .chunk(answer)
                                .end());
        add(
                "503 with a body without end",
                PATIENT,
                failed("overloaded"),
                wire ->
                        wire.send(
                                        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: 1000\r\n\r\n{\"message\":")
                                .stayedSilent());
        add(
                "two lengths",
                untold,
                failed(),
                wire ->
                        wire.send(
                                        "HTTP/1.1 200 OK\r\nContent-Type: "
                                                + type
                                                + "\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")
                                .send(answer)
                                .close());
    }

    private void bodies() {
        add(
                "a chunk size that is no number",
                untold,
                failed(),
                wire -> wire.send(Heads.chunked(type)).send("zz\r\n").send(begun).stayedSilent());
        add(
                "a negative chunk size",
                untold,
                failed(),
                wire -> wire.send(Heads.chunked(type)).send("-5\r\n").send(begun).stayedSilent());
        add(
                "a chunk size beyond numbers",
                untold,
                failed(),
                wire ->
                        wire.send(Heads.chunked(type))
                                .send("ffffffffffffffffff\r\n")
                                .send(begun)
                                .stayedSilent());
        add(
                "a chunk larger than it says",
                untold,
                failed(),
                wire -> wire.send(Heads.chunked(type)).send("5\r\n").send(answer).stayedSilent());
        add(
                "a length that is too small",
                PATIENT,
                failed(TRUNCATED, MALFORMED),
                wire -> wire.send(Heads.sized(type, begun.length)).send(answer).close());
        add(
                "a length that is too large, and FIN",
                PATIENT,
                takenIfStreamed(TRUNCATED),
                wire -> wire.send(Heads.sized(type, answer.length + 9)).send(answer).close());
        add(
                "a length that is too large, and silence",
                streamed ? PATIENT : HURRIED_AT_FIRST,
                takenIfStreamed(LATE),
                wire ->
                        wire.send(Heads.sized(type, answer.length + 9))
                                .send(answer)
                                .stayedSilent());
        add(
                "gzip that is none",
                PATIENT,
                streamed ? taken(TEXT) : takenByUs(TRUNCATED),
                wire ->
                        wire.send(
                                        Heads.chunked(type)
                                                .replace(
                                                        "\r\n\r\n",
                                                        "\r\nContent-Encoding: gzip\r\n\r\n"))
                                .chunk(answer)
                                .end());
        add(
                "gzip that nobody has asked for",
                PATIENT,
                failed(),
                wire -> wire.send(Heads.chunked(type)).chunk(zipped(answer)).end());
        add(
                "a byte at a time, slowly",
                HURRIED_AT_FIRST,
                failed(LATE),
                wire -> wire.send(Heads.old(type)).drip(answer));
        add(
                "characters cut into bytes",
                PATIENT,
                taken(TEXT),
                wire -> {
                    wire.send(Heads.chunked(type));
                    for (byte each : answer) {
                        wire.chunk(new byte[] {each});
                    }
                    wire.end();
                });
        add(
                "a byte order mark",
                PATIENT,
                takenIfText(),
                wire -> wire.send(Heads.chunked(type)).chunk(behind("\uFEFF")).end());
        add(
                "NUL before it",
                PATIENT,
                streamed ? takenIfText() : failed(MALFORMED),
                wire -> wire.send(Heads.chunked(type)).chunk(behind("\0\n")).end());
    }

    private void ends() {
        add(
                "RST in the middle",
                PATIENT,
                failed(TRUNCATED, "connection_failed"),
                wire -> wire.send(Heads.chunked(type)).chunk(begun).reset());
        add(
                "FIN in the middle",
                PATIENT,
                failed(language.isReadBySdk() && !streamed ? MALFORMED : TRUNCATED),
                wire -> wire.send(Heads.chunked(type)).chunk(begun).close());
        add(
                "the end in the middle",
                PATIENT,
                failed(streamed ? TRUNCATED : MALFORMED),
                wire -> wire.send(Heads.chunked(type)).chunk(begun).end());
        add(
                "HTTP/1.0, cut",
                PATIENT,
                failed(streamed ? TRUNCATED : MALFORMED),
                wire -> wire.send(Heads.old(type)).send(begun).close());
        add(
                "HTTP/1.0, whole",
                PATIENT,
                taken(TEXT),
                wire -> wire.send(Heads.old(type)).send(answer).close());
        add(
                "no last chunk, and FIN",
                PATIENT,
                streamed ? taken(TEXT) : takenBySdk(TRUNCATED),
                wire -> wire.send(Heads.chunked(type)).chunk(answer).close());
        add(
                "silence in the middle",
                streamed ? HURRIED_LATER : HURRIED_AT_FIRST,
                failed(streamed ? STALLED : LATE),
                wire -> wire.send(Heads.chunked(type)).chunk(begun).stayedSilent());
        add(
                "trailers",
                PATIENT,
                taken(TEXT),
                wire -> wire.send(Heads.chunked(type)).chunk(answer).send("0\r\nX: y\r\n\r\n"));
        add(
                "two answers to one question",
                PATIENT,
                taken(TEXT),
                wire -> {
                    var head = Heads.sized(type, answer.length);
                    wire.send(joined(joined(bytes(head), answer), joined(bytes(head), answer)));
                });
    }

    static byte[] chunk(String text) {
        return bytes(Integer.toHexString(Heads.length(text)) + "\r\n" + text + "\r\n");
    }

    /** The answer, and something that does not belong there before it. */
    private byte[] behind(String oddity) {
        return joined(bytes(oddity), answer);
    }

    static byte[] joined(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] plain) {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped.toByteArray();
    }
}
