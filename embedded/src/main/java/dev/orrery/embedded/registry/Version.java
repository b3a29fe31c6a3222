package dev.orrery.embedded.registry;

/** Which version of a subject is meant. */
sealed interface Version {

    /** The one with that number, from 1. */
    record Numbered(int number) implements Version {}

    /** The newest there is. */
    record Latest() implements Version {}

    /** Reads it as it stands in a path: a number, or {@code latest} (also {@code -1}). */
    static Version of(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return new Latest();
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw Refused.invalidVersion(text);
        }
        return new Numbered(Integer.parseInt(text));
    }
}
