package dev.orrery.simulator.play;

import java.util.LinkedHashMap;
import java.util.Map;

/** How one service writes an answer with an error status. */
@FunctionalInterface
public interface ErrorForm {

    ErrorPage of(Problem problem);

    /**
     * Headers and body of an error.
     *
     * @param headers names in lower case, content type included
     */
    record ErrorPage(Map<String, String> headers, byte[] body) {

        public ErrorPage {
            headers = Map.copyOf(headers);
        }

        /** In JSON, with the wait of the problem as Retry-After. */
        public static ErrorPage json(Problem problem, byte[] body) {
            return json(problem, Map.of(), body);
        }

        /** The same with more headers. */
        public static ErrorPage json(Problem problem, Map<String, String> more, byte[] body) {
            Map<String, String> headers = new LinkedHashMap<>(more);
            headers.put("content-type", Pages.JSON);
            if (problem.retryAfter() != null) {
                headers.put("retry-after", Long.toString(problem.retryAfterSeconds()));
            }
            return new ErrorPage(headers, body);
        }
    }
}
