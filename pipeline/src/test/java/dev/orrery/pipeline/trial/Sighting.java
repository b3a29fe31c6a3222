package dev.orrery.pipeline.trial;

/**
 * An event as a handler sees it.
 *
 * @param key its key
 * @param sequence its place among the events of its key, counted from 0
 * @param member which instance handles it
 */
public record Sighting(String key, int sequence, String member) {

    @Override
    public String toString() {
        return key + "#" + sequence + " in " + member;
    }
}
