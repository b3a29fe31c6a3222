package dev.orrery.simulator.play;

import java.time.Duration;

/**
 * Bytes that are sent together.
 *
 * @param after time between the packet before, or the headers, and this one
 * @param bytes not empty; do not change them
 */
public record Packet(Duration after, byte[] bytes) {

    static Packet at(Duration after, byte[] bytes) {
        return new Packet(after, bytes);
    }

    /** Follows the one before it at once. */
    static Packet next(byte[] bytes) {
        return new Packet(Duration.ZERO, bytes);
    }
}
