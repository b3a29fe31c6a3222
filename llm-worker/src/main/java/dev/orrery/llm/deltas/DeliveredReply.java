package dev.orrery.llm.deltas;

import java.util.List;

/**
 * What a reply has come to: the final epoch as its readers see it.
 *
 * @param text exactly its deltas, joined
 * @param openedBy number of the attempt that the {@code restarted} event names with which the epoch
 *     begins; 0 when it begins with none
 * @param chunkEnds where each delta ends, in UTF-16 units of the text; the last one is its length
 * @param steps of calls for tools, in their order
 */
public record DeliveredReply(
        String text, long epoch, int openedBy, List<Integer> chunkEnds, List<PlacedStep> steps) {

    /**
     * A step where it stands.
     *
     * @param sequence place within the epoch
     */
    public record PlacedStep(int sequence, ToolStep step) {}

    public DeliveredReply {
        chunkEnds = List.copyOf(chunkEnds);
        steps = List.copyOf(steps);
    }

    /** Whether the epoch begins with a {@code restarted} event. */
    public boolean openedByRestart() {
        return openedBy > 0;
    }

    /** Where the steps of a call stand, in their order. */
    public List<Integer> placesOf(String callId) {
        return steps.stream()
                .filter(each -> each.step().id().equals(callId))
                .map(PlacedStep::sequence)
                .toList();
    }
}
