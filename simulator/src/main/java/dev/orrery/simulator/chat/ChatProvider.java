package dev.orrery.simulator.chat;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.http.Question;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.play.Playing;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.reply.Asked;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.script.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider of chat models, whichever it is: every model exists, and the name of a model may carry
 * a script ({@code sim/…}).
 */
public final class ChatProvider implements Provider {

    /** The pace of a quick model, with nothing wrong. */
    public static final Script HEALTHY =
            Script.OK.firstTokenAfter(Duration.ofMillis(80)).tokensEvery(Duration.ofMillis(10));

    private final Wire wire;

    private final Clock clock;

    private final AtomicLong answers = new AtomicLong();

    /**
     * @param clock dates the answers
     */
    public ChatProvider(Wire wire, Clock clock) {
        this.wire = wire;
        this.clock = clock;
    }

    @Override
    public Question read(String endpoint, Received received) {
        try {
            Asked asked = wire.read(endpoint, received);
            return new Question(
                    asked.target(), asked.model(), script -> answer(asked, received, script));
        } catch (Refusal refusal) {
            return Question.refused(endpoint.substring(1), refused(refusal));
        }
    }

    @Override
    public Answer unreadable(String why) {
        return refused(Refusal.invalid(why, null));
    }

    private Answer answer(Asked asked, Received received, Script script) {
        long number = answers.incrementAndGet();
        Reply reply = Reply.to(asked, script, number, clock.instant());
        Playing playing = new Playing(script, wire.errors(), wire.headers(number), number);
        return asked.streamed()
                ? playing.streamed(wire.stream(reply, received), reply)
                : playing.whole(wire.whole(reply), reply);
    }

    private Answer refused(Refusal refusal) {
        long number = answers.incrementAndGet();
        Problem problem = refusal.problem(number);
        return Pages.error(problem, wire.errors()).with(wire.headers(number));
    }
}
