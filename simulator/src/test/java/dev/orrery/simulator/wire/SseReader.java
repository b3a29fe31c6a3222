package dev.orrery.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as browsers do. */
final class SseReader {

    private SseReader() {}

    /** The events that are JSON, in their order; comments, end markers and broken ones left out. */
    static List<Told> events(String stream) {
        List<Told> events = new ArrayList<>();
        for (String block : stream.replace("\r\n", "\n").split("\n\n")) {
            String name = "";
            StringBuilder data = new StringBuilder();
            for (String line : block.split("\n")) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(line, "data: ".length(), line.length());
                }
            }
            add(name, data.toString(), events);
        }
        return events;
    }

    private static void add(String name, String data, List<Told> events) {
        if (!data.startsWith("{")) {
            return;
        }
        try {
            events.add(new Told(name, JsonMapper.shared().readTree(data)));
        } catch (JacksonException broken) {
            // A client that is patient goes on; how many are missing is the test's business.
        }
    }
}
