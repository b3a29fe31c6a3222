package dev.orrery.simulator.openai;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.http.Question;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Playing;
import dev.orrery.simulator.script.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * OpenAI's Chat Completions. Any bearer token is accepted, and every model exists; the name of a
 * model may carry a script ({@code sim/…}). Answers are text: {@code tools}, {@code n}, {@code
 * stop} and the sampling parameters are accepted and change nothing.
 */
public final class OpenAi implements Provider {

    /** The pace of a quick model, with nothing wrong. */
    public static final Script HEALTHY =
            Script.OK.firstTokenAfter(Duration.ofMillis(80)).tokensEvery(Duration.ofMillis(10));

    private static final String BEARER = "bearer ";

    private final Clock clock;

    private final AtomicLong answers = new AtomicLong();

    public OpenAi(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Question read(String endpoint, Received received) {
        String target = endpoint.substring(1);
        try {
            requireKey(received);
            return switch (received.method() + " " + endpoint) {
                case "POST /chat/completions" -> completion(received);
                case "GET /models" -> models(target);
                default -> throw Refusal.noSuchRoute(received.method(), endpoint);
            };
        } catch (Refusal refusal) {
            return Question.refused(target, refusal.answer());
        }
    }

    @Override
    public Answer unreadable(String why) {
        return Refusal.invalid(why, null).answer();
    }

    private Question completion(Received received) {
        CompletionRequest request = CompletionRequest.read(received.body());
        return new Question(request.model(), request.model(), script -> answer(request, script));
    }

    private Answer answer(CompletionRequest request, Script script) {
        Playing playing = new Playing(script, Errors::of);
        Draft draft = Draft.of(request, script, answers.incrementAndGet(), clock.instant());
        return request.stream()
                ? playing.streamed(new Chunks(draft), draft.prose())
                : playing.whole(new Completion(draft));
    }

    private Question models(String target) {
        return new Question(
                target,
                "",
                script -> new Playing(script, Errors::of).whole(new ModelList(clock.instant())));
    }

    private static void requireKey(Received received) {
        String authorization = received.header("authorization");
        boolean given =
                authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        && authorization.length() > BEARER.length();
        if (!given) {
            throw Refusal.noKey();
        }
    }
}
