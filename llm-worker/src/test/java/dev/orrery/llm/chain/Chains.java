package dev.orrery.llm.chain;

import dev.orrery.llm.model.Conversation;
import java.time.Duration;
import java.util.List;

/** Steps and requests that tests begin with. */
final class Chains {

    static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(40));

    static final Step PRIMARY = step("openai", "gpt", 0);
    static final Step SECOND = step("groq", "llama", 0);
    static final Step THIRD = step("mistral", "large", 0);

    private Chains() {}

    static Step step(String provider, String model, int retry) {
        return new Step(provider, model, null, retry, LIMITS);
    }

    static ChainRequest request(Step... steps) {
        return new ChainRequest(
                "turn-1",
                new Conversation(
                        "Be brief.",
                        List.of(new Conversation.Message(Conversation.Role.USER, "Hello?")),
                        null,
                        null,
                        null,
                        100),
                List.of(steps),
                1,
                Duration.ofSeconds(60));
    }
}
