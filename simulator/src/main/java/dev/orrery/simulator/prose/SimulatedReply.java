package dev.orrery.simulator.prose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reply of a simulated model. It says that it is simulated, repeats what was asked, or what the
 * tools returned that it has called, and uses what the instruction says about the user; the rest is
 * chosen by a hash of the conversation.
 */
public final class SimulatedReply implements Prose {

    private static final String FIRST = "(simulated)";

    private static final int BODY_SENTENCES = 3;

    private static final int MAX_QUOTED_WORDS = 14;

    private static final int MAX_QUOTED_LETTERS = 120;

    private static final int MIN_WORD_LETTERS = 5;

    private final Map<String, String> known;

    private final long seed;

    private final String opening;

    private final List<String> usual;

    public SimulatedReply(Conversation conversation) {
        String question = quotable(conversation.question());
        this.known = known(conversation, question);
        this.seed = conversation.seed();
        this.opening = opening(question, conversation);
        this.usual = usual();
    }

    @Override
    public int length() {
        return usual.size();
    }

    @Override
    public Stream<String> pieces(int count) {
        if (count == usual.size()) {
            return usual.stream();
        }
        Stream<String> endless =
                Stream.concat(
                        Pieces.of(opening), sentences().flatMap(each -> Pieces.of(" " + each)));
        int[] told = {0};
        return endless.limit(count).map(piece -> ++told[0] == count ? asLast(piece) : piece);
    }

    private Stream<String> sentences() {
        return Stream.generate(grammar()::sentence);
    }

    private Grammar grammar() {
        return new Grammar(known, new SplittableRandom(seed));
    }

    private List<String> usual() {
        Grammar grammar = grammar();
        StringBuilder text = new StringBuilder(opening);
        for (int i = 0; i < BODY_SENTENCES; i++) {
            text.append(' ').append(grammar.sentence());
        }
        text.append(' ').append(grammar.closing());
        return Pieces.of(text.toString()).toList();
    }

    private String opening(String question, Conversation conversation) {
        String name = known.get("name");
        int earlier = conversation.earlierQuestions();
        StringBuilder text = new StringBuilder(FIRST).append(name == null ? "" : " " + name + ",");
        text.append(asked(question));
        for (String result : conversation.results()) {
            text.append(result.isBlank() ? " A tool returned nothing." : returned(result));
        }
        if (earlier > 0) {
            text.append(" I have ").append(earlier).append(" earlier ");
            text.append(earlier == 1 ? "question" : "questions").append(" of yours in mind.");
        }
        if (!known.containsKey("ascendant")) {
            text.append(" No chart came with it, so I speak in general.");
        }
        return text.toString();
    }

    private static String asked(String question) {
        return question.isEmpty() ? " nothing was asked." : " you ask: “" + question + "”";
    }

    private static String returned(String result) {
        return " A tool returned: “" + quotable(result) + "”";
    }

    private static Map<String, String> known(Conversation conversation, String question) {
        Map<String, String> known = new HashMap<>(Facts.in(conversation.instruction()));
        known.put("topic", Topic.of(question).noun());
        Stream.of(question.split("[^\\p{L}\\p{M}'’]+"))
                .filter(word -> word.length() >= MIN_WORD_LETTERS)
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .ifPresent(word -> known.put("word", word));
        return known;
    }

    /** One line, and no more of it than a reply wants to repeat. */
    private static String quotable(String question) {
        String words =
                Pieces.of(question)
                        .limit(MAX_QUOTED_WORDS)
                        .map(String::strip)
                        .collect(Collectors.joining(" "));
        int letters = Math.min(MAX_QUOTED_LETTERS, words.codePointCount(0, words.length()));
        String quoted = words.substring(0, words.offsetByCodePoints(0, letters));
        boolean whole =
                quoted.length() == words.length() && Pieces.count(question) <= MAX_QUOTED_WORDS;
        return whole ? quoted : quoted + "…";
    }

    /** A text that is cut off ends like a sentence nevertheless. */
    private static String asLast(String piece) {
        return piece.replaceFirst("[.,;:!?…]+$", "") + ".";
    }
}
