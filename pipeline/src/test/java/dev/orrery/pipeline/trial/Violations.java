package dev.orrery.pipeline.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * The first few violations in words, and the number of all. Not thread-safe; its guarantee guards
 * it.
 */
final class Violations {

    private static final int SPELLED_OUT = 20;

    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String violation) {
        count++;
        if (first.size() < SPELLED_OUT) {
            first.add(violation);
        }
    }

    List<String> all() {
        if (count <= SPELLED_OUT) {
            return List.copyOf(first);
        }
        var shortened = new ArrayList<>(first);
        shortened.add("and " + (count - SPELLED_OUT) + " more");
        return List.copyOf(shortened);
    }
}
