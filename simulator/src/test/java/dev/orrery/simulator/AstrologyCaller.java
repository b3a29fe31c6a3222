package dev.orrery.simulator;

import dev.orrery.simulator.RawCall.Heard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with credentials who asks AstrologyAPI.com about a birth. */
record AstrologyCaller(Simulator simulator) {

    /** India's independence: the chart that everybody knows. */
    static final String BIRTH =
            """
            {"day": 15, "month": 8, "year": 1947, "hour": 0, "min": 0,
             "lat": 28.6139, "lon": 77.209, "tzone": 5.5}
            """;

    JsonNode ask(String endpoint) throws IOException {
        return json(call(endpoint, BIRTH));
    }

    Heard call(String endpoint, String body, String... headers) throws IOException {
        try (RawCall call = begin(endpoint, body, headers)) {
            return call.readAll();
        }
    }

    RawCall begin(String endpoint, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = basic("user:key");
        return RawCall.post(simulator, "/astrology/v1/" + endpoint, body, all);
    }

    static String basic(String pair) {
        return "authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Heard heard) {
        return JsonMapper.shared().readTree(heard.bytes());
    }
}
