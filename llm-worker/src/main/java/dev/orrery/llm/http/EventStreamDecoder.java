package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code text/event-stream} as the HTML standard defines it (section 9.2.6), however the
 * bytes were cut into packets: lines end with CR, LF or both; a character may be split; an event
 * that the stream's end cuts off is no event. Bytes that are not UTF-8 become U+FFFD.
 *
 * <p>Holds one unfinished event and nothing else. Not thread-safe: one decoder a response.
 */
final class EventStreamDecoder {

    private static final String DEFAULT_NAME = "message";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder();
    private String name = DEFAULT_NAME;
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean atFirstLine = true;

    /**
     * @param maxEventBytes the longest event that is taken; a longer one fails the stream
     */
    EventStreamDecoder(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /** The events that these bytes complete, which may be none. */
    List<ServerEvent> decode(byte[] bytes) {
        var events = new ArrayList<ServerEvent>(4);
        int lineStart = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                afterCarriageReturn = false;
                continue;
            }
            boolean secondHalfOfLineEnd = b == '\n' && afterCarriageReturn;
            afterCarriageReturn = b == '\r';
            if (!secondHalfOfLineEnd) {
                append(bytes, lineStart, i);
                endLine(events);
            }
            lineStart = i + 1;
        }
        append(bytes, lineStart, bytes.length);
        return events;
    }

    private void append(byte[] bytes, int from, int to) {
        if (line.size() + data.length() + (to - from) > maxEventBytes) {
            throw new ModelFailure.MalformedResponse("event above " + maxEventBytes + " bytes");
        }
        line.write(bytes, from, to - from);
    }

    private void endLine(List<ServerEvent> events) {
        if (line.size() == 0) {
            endEvent(events);
            return;
        }
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (atFirstLine) {
            atFirstLine = false;
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
        int colon = text.indexOf(':');
        switch (colon < 0 ? text : text.substring(0, colon)) {
            case "data" -> addData(valueAfter(colon, text));
            case "event" -> name = valueAfter(colon, text);
            default -> {} // comments, id, retry, and fields of a later standard
        }
    }

    private static String valueAfter(int colon, String line) {
        if (colon < 0) {
            return "";
        }
        boolean spaced = colon + 1 < line.length() && line.charAt(colon + 1) == ' ';
        return line.substring(colon + (spaced ? 2 : 1));
    }

    private void addData(String value) {
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private void endEvent(List<ServerEvent> events) {
        if (hasData) {
            events.add(new ServerEvent(name.isEmpty() ? DEFAULT_NAME : name, data.toString()));
        }
        data.setLength(0);
        hasData = false;
        name = DEFAULT_NAME;
    }
}
