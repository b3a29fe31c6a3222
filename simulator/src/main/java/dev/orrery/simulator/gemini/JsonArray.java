package dev.orrery.simulator.gemini;

import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Framing;
import dev.orrery.simulator.play.Pages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A stream that is one JSON array, an element an event. It has no signs of life. */
record JsonArray() implements Framing {

    @Override
    public String contentType() {
        return Pages.JSON;
    }

    @Override
    public byte[] frame(Event event, boolean first) {
        return switch (event) {
            case Event.Data data -> element(data.bytes(), first);
            case Event.Comment ignored -> new byte[0];
            case Event.End ignored -> new byte[] {']'};
        };
    }

    private static byte[] element(byte[] json, boolean first) {
        ByteArrayOutputStream element = new ByteArrayOutputStream(json.length + 3);
        element.writeBytes((first ? "[" : ",\r\n").getBytes(StandardCharsets.US_ASCII));
        element.writeBytes(json);
        return element.toByteArray();
    }
}
