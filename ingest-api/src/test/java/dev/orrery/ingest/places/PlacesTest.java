package dev.orrery.ingest.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    private static final Places PLACES = Places.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mumbai|Mumbai, Maharashtra, India",
                "Bombay|Mumbai, Maharashtra, India",
                "  mumbai , INDIA ,|Mumbai, Maharashtra, India",
                "मुंबई|Mumbai, Maharashtra, India",
                "New Delhi|New Delhi, Delhi, India",
                "Benares|Varanasi, Uttar Pradesh, India",
                "Calcutta|Kolkata, West Bengal, India",
                "Salem|Salem, Tamil Nadu, India",
                "Salem, Oregon|Salem, Oregon, United States",
                "Hyderabad|Hyderābād, Telangana, India",
                "Hyderabad, Pakistan|Hyderabad, Pakistan",
                "Paris|Paris, France",
                "paris, texas, usa|Paris, Texas, United States",
                "London, UK|London, England, United Kingdom",
                "London, Ontario|London, Ontario, Canada",
                "Naples|Naples, Italy",
                "sao paulo|São Paulo, Brazil",
                "Tromso|Tromsø, Norway",
                "Sydney|Sydney, New South Wales, Australia",
                "Kathmandu, NP|Kathmandu, Nepal"
            })
    void findsThePlaceThatMostPeopleMean(String asked, String title) {
        // when
        PlaceAnswer answer = PLACES.find(asked);
        // then
        assertThat(found(answer).place().title()).isEqualTo(title);
    }

    @Test
    void knowsWhereAPlaceLiesAndWhatZoneItHas() {
        // when
        Place delhi = found(PLACES.find("New Delhi")).place();
        // then
        assertThat(delhi.latitude()).isCloseTo(28.61, within(0.05));
        assertThat(delhi.longitude()).isCloseTo(77.21, within(0.05));
        assertThat(delhi.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    }

    @Test
    void namesTheOtherPlacesOfTheSameName() {
        // when
        PlaceAnswer.Found springfield = found(PLACES.find("Springfield"));
        // then
        assertThat(springfield.others())
                .hasSizeBetween(2, Places.MOST_SUGGESTIONS)
                .extracting(Place::region)
                .contains("Illinois");
    }

    @ParameterizedTest
    @CsvSource({
        "Hydrabad, Hyderābād",
        "Ujain, Ujjain",
        "Mumbia, Mumbai",
        "Varansi, Varanasi",
        "Londno, London",
        "Kathmnadu, Kathmandu"
    })
    void suggestsWhatWasMeantWhenANameIsMisspelt(String asked, String meant) {
        // when
        PlaceAnswer answer = PLACES.find(asked);
        // then
        assertThat(unknown(answer).suggestions()).first().extracting(Place::name).isEqualTo(meant);
    }

    @Test
    void suggestsPlacesElsewhereWhenTheLandIsWrong() {
        // when
        PlaceAnswer.Unknown unknown = unknown(PLACES.find("Mumbai, Norway"));
        // then
        assertThat(unknown.suggestions()).extracting(Place::name).contains("Mumbai");
        assertThat(unknown.message("birth.place"))
                .startsWith("birth.place: Mumbai, Norway is not known (expected: ")
                .contains("Mumbai, Maharashtra, India");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", ",,", "?!", "Xqzzywvkjq"})
    void knowsNothingNearNonsense(String asked) {
        // when
        PlaceAnswer answer = PLACES.find(asked);
        // then
        assertThat(unknown(answer).suggestions()).isEmpty();
        assertThat(unknown(answer).message("place")).contains("latitude and longitude");
    }

    @Test
    void cutsANameThatIsNone() {
        // when
        PlaceAnswer answer = PLACES.find("x".repeat(1_000_000));
        // then
        assertThat(unknown(answer).name()).hasSize(200);
    }

    @Test
    void measuresHowFarASpellingIsOff() {
        assertThat(Spelling.distance("ujjain", "ujjain", 3)).isZero();
        assertThat(Spelling.distance("ujain", "ujjain", 3)).isEqualTo(1);
        assertThat(Spelling.distance("londno", "london", 3)).isEqualTo(1);
        assertThat(Spelling.distance("kitten", "sitting", 3)).isEqualTo(3);
        assertThat(Spelling.distance("kitten", "sitting", 2)).isEqualTo(3);
        assertThat(Spelling.distance("a", "abcdefgh", 2)).isEqualTo(3);
    }

    @Test
    void takesDifferentSpellingsForOne() {
        List<String> spellings = List.of("São Paulo", "sao-paulo", "SAO  PAULO", "Sa\u0303o Paulo");
        assertThat(spellings).extracting(Spelling::of).containsOnly("sao paulo");
        assertThat(Spelling.of("वाराणसी")).isEqualTo("वाराणसी");
    }

    private static PlaceAnswer.Found found(PlaceAnswer answer) {
        assertThat(answer).isInstanceOf(PlaceAnswer.Found.class);
        return (PlaceAnswer.Found) answer;
    }

    private static PlaceAnswer.Unknown unknown(PlaceAnswer answer) {
        assertThat(answer).isInstanceOf(PlaceAnswer.Unknown.class);
        return (PlaceAnswer.Unknown) answer;
    }
}
