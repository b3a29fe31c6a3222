package dev.orrery.simulator.play;

import dev.orrery.simulator.prose.Prose;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.script.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a script to an answer, for every service alike.
 *
 * @param script what is played
 * @param errors how the service writes errors
 */
public record Playing(Script script, ErrorBody errors) {

    private static final String PAGE_FOR_PEOPLE =
            """
            <!DOCTYPE html>
            <html><head><title>Sign in to the network</title></head>
            <body><h1>Sign in</h1><p>You are not connected. %s</p></body></html>
            """
                    .formatted(Fault.SECRET_MARKER);

    /** Answers with a stream of events. */
    public Answer streamed(Dialect dialect, Prose prose) {
        return switch (script.fault()) {
            case Fault.BeforeContent instead -> instead(instead);
            case Fault.InContent inside -> new StreamedBody(script, inside, dialect, prose).page();
        };
    }

    /** Answers with one body. */
    public Answer whole(WholeBody body) {
        return switch (script.fault()) {
            case Fault.BeforeContent instead -> instead(instead);
            case Fault.InContent inside -> new OneBody(script, inside, body).page();
        };
    }

    private Answer instead(Fault.BeforeContent fault) {
        Duration after = script.beforeHeaders();
        return switch (fault) {
            case Fault.Status status -> error(status);
            case Fault.Instead.RESET -> new Answer.Reset(after);
            case Fault.Instead.HANG -> new Answer.Hang(after);
            case Fault.Instead.REDIRECT -> new Answer.Redirect(after);
            case Fault.Instead.HTML ->
                    Pages.of(after, 200, "text/html; charset=utf-8", Pages.utf8(PAGE_FOR_PEOPLE));
        };
    }

    private Answer error(Fault.Status fault) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (fault.retryAfter() != null) {
            headers.put("retry-after", Long.toString(fault.retryAfter().toSeconds()));
        }
        byte[] body = errors.of(fault.status(), fault.code());
        return Pages.of(script.beforeHeaders(), fault.status(), Pages.JSON, headers, List.of(body));
    }
}
