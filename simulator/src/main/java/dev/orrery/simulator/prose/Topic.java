package dev.orrery.simulator.prose;

import java.util.List;
import java.util.Locale;

/** What a question is about, by the words in it. The first that fits; the last always does. */
enum Topic {
    LOVE("love", "love", "partner", "marri", "relationship", "wedding", "husband", "wife"),
    WORK("work", "work", "job", "career", "boss", "office", "promotion", "business"),
    MONEY("money", "money", "debt", "invest", "salary", "loan", "rich"),
    HEALTH("wellbeing", "health", "sick", "sleep", "stress", "tired"),
    FAMILY("family", "family", "mother", "father", "child", "son", "daughter", "parents"),
    STUDY("learning", "study", "exam", "school", "college", "learn"),
    TRAVEL("travel", "travel", "abroad", "move", "journey", "visa"),
    LIFE("daily life");

    private final String noun;
    private final List<String> signs;

    Topic(String noun, String... signs) {
        this.noun = noun;
        this.signs = List.of(signs);
    }

    static Topic of(String question) {
        String words = question.toLowerCase(Locale.ROOT);
        for (Topic topic : values()) {
            if (topic.signs.stream().anyMatch(words::contains)) {
                return topic;
            }
        }
        return LIFE;
    }

    String noun() {
        return noun;
    }
}
