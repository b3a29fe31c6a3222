package dev.orrery.simulator.openai;

import dev.orrery.simulator.prose.Prose;
import dev.orrery.simulator.prose.SimulatedReply;
import dev.orrery.simulator.script.Script;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What all forms of one answer have in common.
 *
 * @param pieces how many pieces of text a faultless answer has; these are the tokens that are
 *     stated
 * @param reason why it finishes: {@code length} if the client's bound cut it short
 */
record Draft(
        String id,
        long created,
        String model,
        Prose prose,
        int pieces,
        String reason,
        int promptTokens,
        boolean usageInStream) {

    /** A script that says how many tokens it wants gets them, whatever bound the client sets. */
    static Draft of(CompletionRequest request, Script script, long number, Instant now) {
        Prose whole = new SimulatedReply(request.conversation());
        int bound = request.maxTokens().orElse(Integer.MAX_VALUE);
        boolean cutShort = script.tokens() == 0 && whole.length() > bound;
        Prose prose = cutShort ? new Shortened(whole, bound) : whole;
        return new Draft(
                "chatcmpl-sim-" + number,
                now.getEpochSecond(),
                request.model(),
                prose,
                script.tokensOf(prose.length()),
                cutShort ? "length" : "stop",
                request.conversation().pieces(),
                request.usageInStream());
    }

    /** The beginning of a text. */
    private record Shortened(Prose whole, int length) implements Prose {

        @Override
        public Stream<String> pieces(int count) {
            return count <= length
                    ? whole.pieces(whole.length()).limit(count)
                    : whole.pieces(count);
        }
    }
}
