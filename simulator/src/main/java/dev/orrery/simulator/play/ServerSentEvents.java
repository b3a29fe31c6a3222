package dev.orrery.simulator.play;

import java.io.ByteArrayOutputStream;

/**
 * Events as browsers read them: lines of {@code event} and {@code data}, and an empty one.
 *
 * @param contentType what the stream is called
 * @param lineEnd LF or CR LF
 */
public record ServerSentEvents(String contentType, String lineEnd) implements Framing {

    /** As every provider sends them. */
    public static final Framing LINES =
            new ServerSentEvents("text/event-stream; charset=utf-8", "\n");

    @Override
    public byte[] frame(Event event, boolean first) {
        return switch (event) {
            case Event.Data data -> framed(data);
            case Event.Comment(String text) -> Pages.utf8(": " + text + lineEnd + lineEnd);
            case Event.End ignored -> new byte[0];
        };
    }

    private byte[] framed(Event.Data event) {
        String head =
                event.name() == null ? "data: " : "event: " + event.name() + lineEnd + "data: ";
        ByteArrayOutputStream framed =
                new ByteArrayOutputStream(head.length() + event.bytes().length + 4);
        framed.writeBytes(Pages.utf8(head));
        framed.writeBytes(event.bytes());
        framed.writeBytes(Pages.utf8(lineEnd + lineEnd));
        return framed.toByteArray();
    }

    @Override
    public Framing withCarriageReturns() {
        return new ServerSentEvents(contentType, "\r\n");
    }
}
