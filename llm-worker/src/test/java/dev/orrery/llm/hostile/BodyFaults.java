package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;
import static dev.orrery.llm.hostile.TransportFaults.LATE;
import static dev.orrery.llm.hostile.TransportFaults.MALFORMED;
import static dev.orrery.llm.hostile.TransportFaults.TEXT;
import static dev.orrery.llm.hostile.TransportFaults.TRUNCATED;
import static dev.orrery.llm.hostile.TransportFaults.bytes;
import static dev.orrery.llm.hostile.TransportFaults.joined;

import dev.orrery.llm.hostile.Fault.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What goes wrong with the body of an answer: its sizes, and what its bytes are. */
final class BodyFaults extends AnswerFaults {

    private BodyFaults(Language language, boolean streamed) {
        super(language, streamed);
    }

    static List<Fault> of(Language language, boolean streamed) {
        var faults = new BodyFaults(language, streamed);
        faults.chunks();
        faults.lengths();
        faults.encodings();
        faults.pieces();
        faults.oddities();
        return faults.all();
    }

    private void chunks() {
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
    }

    private void lengths() {
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
    }

    private void encodings() {
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
    }

    private void pieces() {
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
    }

    private void oddities() {
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

    /** Where what does not belong there can be told from what does. */
    private Ending takenIfText() {
        return streamed ? takenByUs(MALFORMED) : taken(TEXT);
    }

    /** The answer, and something that does not belong there before it. */
    private byte[] behind(String oddity) {
        return joined(bytes(oddity), answer);
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
