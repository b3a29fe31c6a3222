package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.TransportFaults.LATE;
import static dev.orrery.llm.hostile.TransportFaults.MALFORMED;
import static dev.orrery.llm.hostile.TransportFaults.TRUNCATED;
import static dev.orrery.llm.hostile.TransportFaults.bytes;

import java.util.List;

/** What goes wrong with the head of an answer, or before there is one. */
final class HeadFaults extends AnswerFaults {

    private static final byte[] FILLER = bytes("x".repeat(1_000));

    private HeadFaults(Language language, boolean streamed) {
        super(language, streamed);
    }

    static List<Fault> of(Language language, boolean streamed) {
        var faults = new HeadFaults(language, streamed);
        faults.nobodySpeaks();
        faults.endless();
        faults.unfinished();
        faults.informational();
        faults.unfitting();
        return faults.all();
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

    private void endless() {
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
    }

    private void unfinished() {
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
    }

    private void informational() {
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
    }

    private void unfitting() {
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
}
