package dev.orrery.ingest.admin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {

    private static final UUID ID = UUID.fromString("89abcdef-0123-4567-89ab-cdef01234567");

    @ParameterizedTest
    @CsvSource({
        "Mira,                     mira",
        "'  Astrologer  Mira! ',   astrologer-mira",
        "Crème brûlée № 5,         creme-brulee-no-5",
        "Straße nach Ærø,          strasse-nach-aero",
        "Łódź & Þór,               lodz-thor",
        "İstanbul ışık,            istanbul-isik",
        "ﬁne ①,                    fine-1",
        "A_b.c/D,                  a-b-c-d",
        "मीरा 2,                   2",
        "मीरा,                     bot-89abcdef",
        "🚀🚀,                     bot-89abcdef",
        "---,                      bot-89abcdef",
    })
    void isTheNameInAscii(String name, String expected) {
        assertThat(Slug.of(name, ID)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "hi-IN", "ar-EG", "en-US"})
    void isTheSameInEveryCountry(String language) {
        // given
        var usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));

        // when
        var slug = Slug.of("TITANIC 12", ID);

        // then
        Locale.setDefault(usual);
        assertThat(slug).isEqualTo("titanic-12");
    }

    @Test
    void leavesRoomForANumber() {
        assertThat(Slug.of("x".repeat(255), ID)).hasSize(240);
        assertThat(Slug.of("y".repeat(239) + " zz", ID)).hasSize(239);
    }

    @ParameterizedTest
    @CsvSource({
        "mira, true",
        "m-2, true",
        "-m, false",
        "m-, false",
        "m--i, false",
        "Mira, false",
        "'', false",
    })
    void hasOneForm(String text, boolean expected) {
        assertThat(Slug.isOne(text)).isEqualTo(expected);
    }
}
