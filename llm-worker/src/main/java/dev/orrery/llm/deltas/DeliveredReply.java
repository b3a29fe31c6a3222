package dev.orrery.llm.deltas;

import java.util.List;

/**
 * What a reply has come to: the final epoch as its readers see it.
 *
 * @param text exactly its deltas, joined
 * @param openedByRestart whether the epoch begins with a {@code restarted} event
 * @param chunkEnds where each delta ends, in UTF-16 units of the text; the last one is its length
 */
public record DeliveredReply(
        String text, long epoch, boolean openedByRestart, List<Integer> chunkEnds) {

    public DeliveredReply {
        chunkEnds = List.copyOf(chunkEnds);
    }
}
