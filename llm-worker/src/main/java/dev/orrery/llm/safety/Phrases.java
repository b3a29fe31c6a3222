package dev.orrery.llm.safety;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Phrases that are looked for, all of them at once and in time that grows with the text alone (Aho
 * and Corasick, 1975). A phrase is a sequence of words as {@link Folding} has them, with the gaps
 * around it, so that it is found at the bounds of words only. An exception is a longer phrase in
 * which a shorter one means something else.
 *
 * <p>Immutable; safe to share between threads. {@link Scan} looks for them in one text.
 */
final class Phrases {

    static final int ROOT = 0;

    /** None at all. */
    static final Phrases NONE = new Builder().build();

    /**
     * A phrase that ends at a node.
     *
     * @param length in letters and gaps, 3 or more
     * @param isException whether shorter phrases of the category within it count for nothing
     */
    record Ending(int length, String category, boolean isException) {}

    private final char[][] letters;
    private final int[][] targets;
    private final int[] depths;
    private final int[] fallbacks;
    private final List<List<Ending>> endings;
    private final boolean[] leadsToException;
    private final int longest;

    private Phrases(List<Builder.Node> nodes) {
        int size = nodes.size();
        letters = new char[size][];
        targets = new int[size][];
        depths = new int[size];
        fallbacks = new int[size];
        endings = new ArrayList<>(size);
        leadsToException = new boolean[size];
        for (int i = 0; i < size; i++) {
            var node = nodes.get(i);
            letters[i] = new char[node.next.size()];
            targets[i] = new int[node.next.size()];
            int place = 0;
            for (var each : node.next.entrySet()) {
                letters[i][place] = each.getKey();
                targets[i][place++] = each.getValue();
            }
            depths[i] = node.depth;
            endings.add(List.copyOf(node.endings));
            leadsToException[i] = node.leadsToException;
        }
        longest = Arrays.stream(depths).max().orElse(0);
        link();
    }

    /** Breadth first, so that whatever a node falls back to is complete before it. */
    private void link() {
        var queue = new ArrayDeque<Integer>();
        queue.add(ROOT);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int i = 0; i < targets[node].length; i++) {
                int child = targets[node][i];
                fallbacks[child] = node == ROOT ? ROOT : next(fallbacks[node], letters[node][i]);
                var shorter = endings.get(fallbacks[child]);
                if (!shorter.isEmpty()) {
                    var all = new ArrayList<>(endings.get(child));
                    all.addAll(shorter);
                    endings.set(child, List.copyOf(all));
                }
                queue.add(child);
            }
        }
    }

    /** Where the next letter leads: the longest beginning of a phrase that the text ends with. */
    int next(int node, char letter) {
        int from = node;
        while (true) {
            int place = Arrays.binarySearch(letters[from], letter);
            if (place >= 0) {
                return targets[from][place];
            }
            if (from == ROOT) {
                return ROOT;
            }
            from = fallbacks[from];
        }
    }

    /** How much of a phrase has begun, in letters and gaps. */
    int depth(int node) {
        return depths[node];
    }

    /** The phrases and exceptions that end here, the longest first. */
    List<Ending> endings(int node) {
        return endings.get(node);
    }

    /**
     * Whether an exception has begun at least so many letters and gaps ago, and may be completed by
     * what follows.
     */
    boolean mayBeExcepted(int node, long ago) {
        for (int begun = node; depths[begun] >= ago; begun = fallbacks[begun]) {
            if (leadsToException[begun]) {
                return true;
            }
        }
        return false;
    }

    /** The longest phrase, in letters and gaps. */
    int longest() {
        return longest;
    }

    /** How much memory they take, in nodes. */
    int size() {
        return depths.length;
    }

    boolean isEmpty() {
        return size() == 1;
    }

    /** Collects phrases. Not thread-safe. */
    static final class Builder {

        private static final class Node {
            final TreeMap<Character, Integer> next = new TreeMap<>();
            final int depth;
            final List<Ending> endings = new ArrayList<>(1);
            boolean leadsToException;

            Node(int depth) {
                this.depth = depth;
            }
        }

        private final List<Node> nodes = new ArrayList<>(List.of(new Node(0)));

        Builder finding(String phrase, String category) {
            return with(phrase, category, false);
        }

        Builder excepting(String phrase, String category) {
            return with(phrase, category, true);
        }

        private Builder with(String phrase, String category, boolean isException) {
            var words = words(phrase);
            if (words.length() < 3) {
                return this; // signs alone are no phrase
            }
            int node = ROOT;
            for (int i = 0; i < words.length(); i++) {
                nodes.get(node).leadsToException |= isException;
                node = child(node, words.charAt(i));
            }
            nodes.get(node).endings.add(new Ending(words.length(), category, isException));
            return this;
        }

        private int child(int node, char letter) {
            var known = nodes.get(node).next.get(letter);
            if (known != null) {
                return known;
            }
            nodes.add(new Node(nodes.get(node).depth + 1));
            nodes.get(node).next.put(letter, nodes.size() - 1);
            return nodes.size() - 1;
        }

        /** The phrase as it is looked for: one gap before it, between its words, and behind it. */
        private static String words(String phrase) {
            var words = new StringBuilder().append(Folding.GAP);
            phrase.codePoints().forEach(each -> append(Folding.of(each), words));
            append(String.valueOf(Folding.GAP), words);
            return words.toString();
        }

        private static void append(String folded, StringBuilder words) {
            for (int i = 0; i < folded.length(); i++) {
                char letter = folded.charAt(i);
                if (letter != Folding.GAP || words.charAt(words.length() - 1) != Folding.GAP) {
                    words.append(letter);
                }
            }
        }

        Phrases build() {
            return new Phrases(nodes);
        }
    }
}
