package dev.orrery.simulator.openai;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.chat.ChatProvider;
import dev.orrery.simulator.chat.Refusal;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.http.Question;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Playing;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions of OpenAI, or of one of those that speak like it. Every model exists; {@code n},
 * {@code stop} and the sampling parameters are accepted and change nothing. Some judge texts as
 * well.
 */
public final class OpenAi implements Provider {

    private final Vendor vendor;

    private final Provider chat;

    private final @Nullable Moderations moderations;

    private final Clock clock;

    private OpenAi(Vendor vendor, Clock clock) {
        this.vendor = vendor;
        this.chat = new ChatProvider(new Completions(vendor), clock);
        Judging judging = vendor.judging();
        this.moderations = judging == null ? null : new Moderations(vendor, judging);
        this.clock = clock;
    }

    public static Provider original(Clock clock) {
        return new OpenAi(new OpenAiVendor(), clock);
    }

    public static Provider groq(Clock clock) {
        return new OpenAi(new Groq(), clock);
    }

    public static Provider bytePlus(Clock clock) {
        return new OpenAi(new BytePlus(), clock);
    }

    public static Provider openRouter(Clock clock) {
        return new OpenAi(new OpenRouter(), clock);
    }

    public static Provider mistral(Clock clock) {
        return new OpenAi(new Mistral(), clock);
    }

    @Override
    public Question read(String endpoint, Received received) {
        if (moderations != null
                && received.method().equals("POST")
                && endpoint.equals(Moderations.ENDPOINT)) {
            return moderations.read(received);
        }
        return received.method().equals("GET") && endpoint.equals("/models") && hasKey(received)
                ? models()
                : chat.read(endpoint, received);
    }

    private static boolean hasKey(Received received) {
        try {
            Completions.requireKey(received);
            return true;
        } catch (Refusal none) {
            return false; // and the other reader says so
        }
    }

    private Question models() {
        return new Question(
                "models",
                "",
                script ->
                        new Playing(script, vendor.errors(), vendor.headers(0), 0)
                                .whole(new ModelList(clock.instant())));
    }

    @Override
    public Answer unreadable(String why) {
        return chat.unreadable(why);
    }
}
