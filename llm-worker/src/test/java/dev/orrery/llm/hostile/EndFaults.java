package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.HURRIED_LATER;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;
import static dev.orrery.llm.hostile.TransportFaults.LATE;
import static dev.orrery.llm.hostile.TransportFaults.MALFORMED;
import static dev.orrery.llm.hostile.TransportFaults.STALLED;
import static dev.orrery.llm.hostile.TransportFaults.TEXT;
import static dev.orrery.llm.hostile.TransportFaults.TRUNCATED;
import static dev.orrery.llm.hostile.TransportFaults.bytes;
import static dev.orrery.llm.hostile.TransportFaults.joined;

import java.util.List;

/** What goes wrong with the end of an answer: it comes too early, too late, or twice. */
final class EndFaults extends AnswerFaults {

    private EndFaults(Language language, boolean streamed) {
        super(language, streamed);
    }

    static List<Fault> of(Language language, boolean streamed) {
        var faults = new EndFaults(language, streamed);
        faults.ends();
        return faults.all();
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
}
