package dev.orrery.llm.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource({
        "Write to ada@example.org., Write to [mail]",
        "Call +49 (30) 1234-5678 now, Call [number] now",
        "My card is 4111 1111 1111 1111!, My card is [number]!",
        "The key is sk-abcdefghijklmnop1234., The key is [secret]",
        "Born 1990-12-24, Born [number]",
        "It is 12:30 and 21 degrees, It is 12:30 and 21 degrees"
    })
    void blotsOutWhatIsPersonalOrSecret(String text, String told) {
        assertThat(Redaction.of(text, 1_000)).isEqualTo(told);
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        assertThat(Redaction.of("abcdef", 3)).isEqualTo("abc…");
        assertThat(Redaction.of("ab\uD83D\uDE00cd", 3)).isEqualTo("ab…");
    }
}
