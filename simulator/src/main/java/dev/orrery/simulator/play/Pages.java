package dev.orrery.simulator.play;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies that are known before they are sent. */
public final class Pages {

    public static final String JSON = "application/json";

    private Pages() {}

    /** A faultless answer in JSON, at once. */
    public static Answer json(int status, byte[] body) {
        return of(Duration.ZERO, status, JSON, body);
    }

    /** A request that is refused, at once. */
    public static Answer.Page error(Problem problem, ErrorForm form) {
        return of(Duration.ZERO, problem.status(), form.of(problem));
    }

    static Answer.Page of(Duration after, int status, ErrorForm.ErrorPage error) {
        return sized(after, status, error.headers(), error.body());
    }

    static Answer.Page of(Duration after, int status, String contentType, byte[] body) {
        return sized(after, status, Map.of("content-type", contentType), body);
    }

    private static Answer.Page sized(
            Duration after, int status, Map<String, String> more, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("content-length", Integer.toString(body.length));
        return new Answer.Page(
                after, status, headers, List.of(Packet.next(body)), Ending.COMPLETE, false);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
