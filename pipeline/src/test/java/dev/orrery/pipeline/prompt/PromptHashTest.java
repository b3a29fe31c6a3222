package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.PromptMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptHashTest {

    private static String hash(String system, String... rolesAndContents) {
        var messages = new java.util.ArrayList<PromptMessage>();
        for (int i = 0; i < rolesAndContents.length; i += 2) {
            messages.add(Messages.by(rolesAndContents[i], rolesAndContents[i + 1]));
        }
        return PromptHash.of(system, messages);
    }

    /** Computed with another program: each text's length in 8 bytes, big endian, and the text. */
    @Test
    void isStableForEver() {
        assertThat(hash("You are Mira.", "user", "Hello"))
                .isEqualTo("5bc695e5c5aba53b2f5539ae534210d3b744ffc811656da5191e404d27785847");
    }

    @Test
    void isOfEveryTextAndOfTheirBorders() {
        assertThat(
                        List.of(
                                hash("ab", "user", "c"),
                                hash("a", "user", "bc"),
                                hash("abuserc"),
                                hash("ab", "user", "c", "user", ""),
                                hash("ab", "assistant", "c"),
                                hash("", "ab", "user"),
                                hash("")))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void isOfBytesInUtf8() {
        assertThat(hash("मी \uD83C\uDF19", "user", "é")).isNotEqualTo(hash("?? ?", "user", "?"));
    }
}
