package dev.orrery.ingest.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asha",
                "auth0|65f1c0",
                "asha@example.com",
                "\u0906\u0936\u093e",
                "\ud83d\ude80",
                "a b",
                "..."
            })
    void isWhatStandsInRowsAndAddresses(String user) {
        assertThat(UserId.isOne(user)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\u0000",
                "a\nb",
                "a\ud83d",
                "https://issuer.example/asha",
                "domain\\asha",
                "100%",
                "a;b",
                ".",
                ".."
            })
    void isNothingThatOneOfThemRefuses(String user) {
        assertThat(UserId.isOne(user)).isFalse();
    }

    @Test
    void is255CharactersLongAtMost() {
        assertThat(UserId.isOne("u".repeat(255))).isTrue();
        assertThat(UserId.isOne("u".repeat(256))).isFalse();
        assertThat(UserId.isOne(7)).isFalse();
        assertThat(UserId.isOne(null)).isFalse();
    }
}
