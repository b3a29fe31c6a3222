package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.HURRIED_LATER;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.hostile.Fault.Ending;
import dev.orrery.llm.hostile.HostileUpstream.Conduct;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong with streams alone: their lines, and that they may have no end. */
final class StreamFaults {

    private static final String COMMENT = ": alive\n\n";

    private final List<Fault> faults = new ArrayList<>();
    private final Dialect dialect;

    /** A good answer, and the beginning of one. */
    private final String answer;

    private final String begun;

    private StreamFaults(Dialect dialect) {
        this.dialect = dialect;
        this.answer = dialect.stream("A hostile ü", "😀 answer.");
        this.begun = String.join("", dialect.opening()) + dialect.text("A hostile ");
    }

    static List<Fault> of(Dialect dialect) {
        var faults = new StreamFaults(dialect);
        faults.lines();
        faults.neverEnding();
        return List.copyOf(faults.faults);
    }

    private void add(String name, Limits patience, Ending ending, Conduct conduct) {
        faults.add(new Fault(name, dialect, true, patience, conduct, ending));
    }

    private void lines() {
        add(
                "CRLF",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(answer.replace("\n", "\r\n"))
                                .end());
        add(
                "CR",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(answer.replace("\n", "\r"))
                                .end());
        add(
                "data over several lines",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(answer.replace(",\"", ",\ndata: \""))
                                .end());
        add(
                "fields that nobody knows",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(answer.replace("data: ", "id: 7\nretry: no\ncolour\ndata: "))
                                .end());
        add(
                "bytes that are no text",
                PATIENT,
                taken("A hostile \uFFFD( answer."),
                wire -> {
                    var odd = TransportFaults.bytes(dialect.stream("A hostile ~( answer."));
                    for (int i = 0; i < odd.length; i++) {
                        odd[i] = odd[i] == '~' ? (byte) 0xC3 : odd[i];
                    }
                    wire.send(Heads.chunked(Heads.EVENTS)).chunk(odd).end();
                });
        add(
                "an event of 3 MB",
                PATIENT,
                failed("malformed_response"),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(dialect.text("x".repeat(3 * 1024 * 1024)))
                                .stayedSilent());
        add(
                "more after the end",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(answer + dialect.text(" And more."))
                                .end());
        add(
                "silence after the end",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire -> wire.send(Heads.chunked(Heads.EVENTS)).chunk(answer).stayedSilent());
    }

    private void neverEnding() {
        add(
                "comments without end",
                HURRIED_AT_FIRST,
                failed(TransportFaults.LATE),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .repeat(TransportFaults.chunk(COMMENT)));
        add(
                "comments without end after the first text",
                HURRIED_LATER,
                failed(TransportFaults.STALLED),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(begun)
                                .repeat(TransportFaults.chunk(COMMENT)));
        add(
                "text without end",
                PATIENT,
                failed("malformed_response"),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .repeat(TransportFaults.chunk(dialect.text("x".repeat(50_000)))));
        add(
                "blanks without end",
                PATIENT,
                failed("malformed_response"),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .repeat(TransportFaults.chunk(dialect.text(" ".repeat(50_000)))));
        add(
                "comments after the end, without end",
                PATIENT,
                taken(TransportFaults.TEXT),
                wire ->
                        wire.send(Heads.chunked(Heads.EVENTS))
                                .chunk(answer)
                                .repeat(TransportFaults.chunk(COMMENT)));
    }
}
