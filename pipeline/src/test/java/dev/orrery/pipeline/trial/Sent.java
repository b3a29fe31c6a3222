package dev.orrery.pipeline.trial;

/**
 * An event that the broker has taken.
 *
 * @param key its key
 * @param sequence its place among the events of its key, counted from 0
 * @param partition where it stands
 * @param offset where it stands in the partition
 */
public record Sent(String key, int sequence, int partition, long offset) {}
