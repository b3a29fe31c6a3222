package dev.orrery.llm.gateway.request;

import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.Conversation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service asks for.
 *
 * @param requestId as the service states it; null when it does not
 * @param user on whose behalf, as the body states; null when it names nobody
 * @param question what is asked, and whom
 * @param stream whether the answer is to come piece by piece
 * @param restartable whether a stream may start over after it has shown text
 */
public record Generation(
        @Nullable String requestId,
        @Nullable String user,
        Question question,
        boolean stream,
        boolean restartable) {

    /**
     * How the chain of this one is to be run: what a stream has shown cannot be taken back, unless
     * its reader is ready for that. No part of the question, which may be asked in both ways.
     */
    public Conduct conduct() {
        var conduct = question.conduct();
        return stream && !restartable ? conduct.withoutStartingOver() : conduct;
    }

    /**
     * What is asked, and whom; equal questions are the same question.
     *
     * @param steps the primary first; never empty
     * @param patience until the deadline, from the moment the chain begins
     * @param conduct how the chain is to be run
     */
    public record Question(
            Conversation conversation, List<Step> steps, Duration patience, Conduct conduct) {

        public Question {
            steps = List.copyOf(steps);
        }

        public Step primary() {
            return steps.getFirst();
        }

        /** Whether the models were told to leave nothing to chance. */
        public boolean isDeterministic() {
            var temperature = conversation.temperature();
            return temperature != null && temperature == 0;
        }

        /** UTF-16 units of all texts. */
        public int size() {
            int size = conversation.systemInstruction().length();
            for (var message : conversation.messages()) {
                size += message.size();
            }
            for (var tool : conversation.tools()) {
                size += tool.size();
            }
            return size;
        }
    }
}
