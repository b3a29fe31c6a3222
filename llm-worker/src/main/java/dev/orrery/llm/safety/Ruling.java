package dev.orrery.llm.safety;

/** What a text is found to be. */
sealed interface Ruling {

    /** Nothing was found. */
    record Passed() implements Ruling {}

    /** Something was found. */
    record Found(String category) implements Ruling {}

    /** Nothing was found, and whoever was to look further could not. */
    record Unjudged() implements Ruling {}
}
