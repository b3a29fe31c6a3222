package dev.orrery.pipeline.prompt;

import dev.orrery.events.Fact;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.List;

/**
 * How much history is worth reading for a prompt: what fits beside that which is known before
 * anything is rendered. {@link FittedPrompt} measures the whole.
 *
 * @param mostTurns 0 or more
 * @param mostBytes of UTF-8, 0 or more; turns that exceed it are left out whole, the oldest first
 * @param withCalls whether calls for tools are told, and take room
 */
public record HistoryWindow(int mostTurns, long mostBytes, boolean withCalls) {

    /** Of words alone. */
    public HistoryWindow(int mostTurns, long mostBytes) {
        this(mostTurns, mostBytes, false);
    }

    /**
     * However large the limit of the revision is: the prompt is one record of a topic, which takes
     * 1 MiB.
     */
    static final long MOST_BYTES = 512 * 1024;

    /**
     * What the limits leave beside the prompt's own text, the facts and the message.
     *
     * @param historyTurns the most turns
     * @param promptTokenLimit the most tokens of a whole prompt
     */
    public static HistoryWindow of(
            Prompt prompt,
            PromptOptions options,
            int historyTurns,
            long promptTokenLimit,
            String message,
            List<Fact> facts) {
        long taken =
                prompt.bytes()
                        + copies(prompt, Variable.USER_MESSAGE) * PromptTokens.bytes(message);
        for (Fact fact : facts) {
            var text = fact.getText();
            taken += text == null ? 0 : PromptTokens.bytes(text);
        }
        long left = Math.max(0, promptTokenLimit * PromptTokens.BYTES_PER_TOKEN - taken);
        long stated = options.historyTokens().orElse(MOST_BYTES) * PromptTokens.BYTES_PER_TOKEN;
        long most = Math.min(Math.min(left, MOST_BYTES), stated);
        return new HistoryWindow(
                historyTurns,
                most / copies(prompt, Variable.CONVERSATION_HISTORY),
                options.tools().inHistory());
    }

    /** As wide as a window of so many turns can be, whatever the rest of a prompt takes. */
    public static HistoryWindow widest(int mostTurns) {
        return new HistoryWindow(mostTurns, MOST_BYTES, true);
    }

    /** What a prompt writes out stands in it twice: there, and among the messages. */
    private static int copies(Prompt prompt, Variable variable) {
        return prompt.names().contains(variable.wireName()) ? 2 : 1;
    }

    private long bytes(Exchange exchange) {
        long words = PromptTokens.bytes(exchange.user()) + PromptTokens.bytes(exchange.bot());
        return withCalls ? words + bytesOfCalls(exchange) : words;
    }

    private static long bytesOfCalls(Exchange exchange) {
        long bytes = 0;
        for (var call : exchange.calls()) {
            var result = call.result();
            bytes += PromptTokens.bytes(call.name()) + PromptTokens.bytes(call.arguments());
            bytes += result == null ? 0 : PromptTokens.bytes(result);
        }
        return bytes;
    }

    /** Whether nothing fits, so that nothing needs to be read. */
    public boolean isClosed() {
        return mostTurns == 0 || mostBytes == 0;
    }

    /** The newest exchanges that fit, oldest first. */
    public List<Exchange> of(List<Exchange> oldestFirst) {
        long bytes = 0;
        int first = oldestFirst.size();
        while (first > 0 && oldestFirst.size() - first < mostTurns) {
            bytes += bytes(oldestFirst.get(first - 1));
            if (bytes > mostBytes) {
                break;
            }
            first--;
        }
        var newest = oldestFirst.subList(first, oldestFirst.size());
        return withCalls
                ? List.copyOf(newest)
                : newest.stream().map(Exchange::withoutCalls).toList();
    }
}
