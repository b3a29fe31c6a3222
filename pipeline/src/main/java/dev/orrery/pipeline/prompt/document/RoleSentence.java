package dev.orrery.pipeline.prompt.document;

import java.util.Locale;

/** Who the model is: {@code You are Nova, a FEMALE guide.} */
final class RoleSentence {

    private RoleSentence() {}

    /**
     * @param sex blank when the bot has none, and then left out
     * @param profession what follows, for example {@code guide.}
     */
    static String of(String name, String sex, String profession) {
        var word = sex.strip().toUpperCase(Locale.ROOT);
        var what = word.isEmpty() ? profession.strip() : word + " " + profession.strip();
        return "You are " + name + ", " + (startsWithVowel(what) ? "an " : "a ") + what;
    }

    private static boolean startsWithVowel(String text) {
        return !text.isEmpty() && "aeiouAEIOU".indexOf(text.charAt(0)) >= 0;
    }
}
