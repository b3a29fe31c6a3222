package dev.orrery.ingest.replies;

import dev.orrery.topics.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where this instance listens for replies.
 *
 * @param homePartition partition of {@code chat.replies}, counted from 0; null derives one from the
 *     host's name. Two instances with one home cost efficiency and nothing else
 * @param replyPartitions how many partitions {@code chat.replies} has; null for the catalogue's
 *     number
 */
@ConfigurationProperties("orrery.door")
record DoorSettings(@Nullable Integer homePartition, @Nullable Integer replyPartitions) {

    DoorSettings {
        if (replyPartitions != null && replyPartitions < 1) {
            throw new IllegalArgumentException(
                    "orrery.door.reply-partitions: " + replyPartitions + " (expected: >= 1)");
        }
        int partitions =
                replyPartitions == null ? Topics.CHAT_REPLIES.partitions() : replyPartitions;
        if (homePartition != null && (homePartition < 0 || homePartition >= partitions)) {
            throw new IllegalArgumentException(
                    "orrery.door.home-partition: "
                            + homePartition
                            + " (expected: 0 to "
                            + (partitions - 1)
                            + ")");
        }
    }

    /** The partition replies are addressed to. */
    int home(String hostName) {
        int partitions =
                replyPartitions == null ? Topics.CHAT_REPLIES.partitions() : replyPartitions;
        return homePartition == null
                ? Math.floorMod(hostName.hashCode(), partitions)
                : homePartition;
    }
}
