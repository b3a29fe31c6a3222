package dev.orrery.ingest.replies;

/**
 * Where the replies to a turn will be written.
 *
 * @param partition of {@code chat.replies}
 * @param offset none of its replies stands before this offset
 */
public record ReplyAddress(int partition, long offset) {}
