package dev.orrery.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCodeTest {

    @Test
    void isStable() {
        assertThat(FailureCode.values())
                .extracting(FailureCode::code)
                .containsExactly(
                        "all_providers_failed",
                        "data_unavailable",
                        "deadline_exceeded",
                        "content_refused",
                        "prompt_too_long",
                        "spending_limit_reached",
                        "internal",
                        "cancelled");
    }

    @ParameterizedTest
    @EnumSource
    void isReadBackInAnyLanguageOfTheServer(FailureCode failure) {
        // given
        var before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr", "TR")); // where I is written in lower case without a dot

        // when
        var read = FailureCode.of(failure.code());

        // then
        Locale.setDefault(before);
        assertThat(read).isEqualTo(failure);
        assertThat(failure.code()).matches("[a-z]+(_[a-z]+)*");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
    void tellsTheUserThatNothingWasCharged(FailureCode failure) {
        assertThat(failure.message()).contains("You were not charged.");
    }

    @Test
    void isInternalWhenANewerVersionWroteIt() {
        assertThat(FailureCode.of("of_tomorrow")).isEqualTo(FailureCode.INTERNAL);
    }
}
