package dev.orrery.simulator.play;

import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.script.Script;
import java.time.Duration;
import java.util.Map;

/**
 * From a script to an answer, for every service alike.
 *
 * @param script what is played
 * @param errors how the service writes errors
 * @param headers of every page of the service, such as the id of the request; names in lower case
 * @param number of the answer, for ids
 */
public record Playing(Script script, ErrorForm errors, Map<String, String> headers, long number) {

    private static final String PAGE_FOR_PEOPLE =
            """
            <!DOCTYPE html>
            <html><head><title>Sign in to the network</title></head>
            <body><h1>Sign in</h1><p>You are not connected. %s</p></body></html>
            """
                    .formatted(Fault.SECRET_MARKER);

    /** Answers with a stream of events. */
    public Answer streamed(Dialect dialect, Reply reply) {
        return switch (script.fault()) {
            case Fault.BeforeContent instead -> instead(instead);
            case Fault.InContent inside ->
                    new StreamedBody(script, inside, dialect, reply).page().with(headers);
        };
    }

    /** Answers with a reply in one body. */
    public Answer whole(WholeDialect dialect, Reply reply) {
        return whole(new WholeReply(dialect, reply));
    }

    /** Answers with one body. */
    public Answer whole(WholeBody body) {
        return switch (script.fault()) {
            case Fault.BeforeContent instead -> instead(instead);
            case Fault.InContent inside -> new OneBody(script, inside, body).page().with(headers);
        };
    }

    private Answer instead(Fault.BeforeContent fault) {
        Duration after = script.beforeHeaders();
        return switch (fault) {
            case Fault.Status status ->
                    Pages.of(after, status.status(), errors.of(Problem.of(status, number)))
                            .with(headers);
            case Fault.Instead.RESET -> new Answer.Reset(after);
            case Fault.Instead.HANG -> new Answer.Hang(after);
            case Fault.Instead.REDIRECT -> new Answer.Redirect(after);
            case Fault.Instead.HTML ->
                    Pages.of(after, 200, "text/html; charset=utf-8", Pages.utf8(PAGE_FOR_PEOPLE));
        };
    }
}
