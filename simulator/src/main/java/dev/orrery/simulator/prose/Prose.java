package dev.orrery.simulator.prose;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text that can be told in any number of pieces. */
public interface Prose {

    /** How many pieces it has if nobody says otherwise; at least 1. */
    int length();

    /** Exactly that many pieces, made while they are read; put together they are the text. */
    Stream<String> pieces(int count);

    /** The text of exactly that many pieces. */
    default String text(int count) {
        return pieces(count).collect(Collectors.joining());
    }
}
