package dev.orrery.ingest.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told directly wins; the rest follows from the place, or is asked back. */
class WhereaboutsTest {

    private static final LocalDateTime NOON = LocalDateTime.of(1990, 3, 21, 12, 0);

    private static final Places PLACES = Places.load();

    @ParameterizedTest
    @CsvSource({
        // half and quarter hours, the war-time hour of India, Madras time, local mean time, summer
        // time
        "Mumbai, 1990-03-21T12:00, +05:30", "Kathmandu, 1990-03-21T12:00, +05:45",
        "Kathmandu, 1980-03-21T12:00, +05:30", "Kolkata, 1943-06-01T12:00, +06:30",
        "Mumbai, 1900-01-01T12:00, +05:21:10", "Adelaide, 1990-01-15T12:00, +10:30",
        "New York, 1990-07-01T12:00, -04:00", "New York, 1990-01-01T12:00, -05:00",
        "London, 1970-01-01T12:00, +01:00", "Berlin, 1945-06-01T12:00, +03:00"
    })
    void takesTheOffsetThatThePlaceHadThatDay(String place, LocalDateTime local, String offset) {
        // when
        Whereabouts whereabouts = of(told(place, null, null, null), local);
        // then
        assertThat(known(whereabouts).offset()).isEqualTo(ZoneOffset.of(offset));
        assertThat(known(whereabouts).place()).isNotNull();
    }

    @Test
    void asksBackWhenTheClockWasPutBackOverTheTime() {
        // given: Berlin had this half past two twice
        LocalDateTime local = LocalDateTime.of(2020, 10, 25, 2, 30);
        // when
        Whereabouts whereabouts = of(told("Berlin", null, null, null), local);
        // then
        assertThat(whereabouts)
                .isInstanceOfSatisfying(
                        Whereabouts.TimeCameTwice.class,
                        twice -> {
                            assertThat(twice.times().earlier()).isEqualTo(ZoneOffset.ofHours(2));
                            assertThat(twice.times().later()).isEqualTo(ZoneOffset.ofHours(1));
                        });
    }

    @Test
    void takesTheOffsetThatWasToldForATimeThatCameTwice() {
        // given
        LocalDateTime local = LocalDateTime.of(2020, 10, 25, 2, 30);
        // when
        Whereabouts whereabouts = of(told("Berlin", null, null, ZoneOffset.ofHours(1)), local);
        // then
        assertThat(known(whereabouts).offset()).isEqualTo(ZoneOffset.ofHours(1));
    }

    @Test
    void saysSoWhenTheTimeNeverCame() {
        // given: New York's clocks went from two to three
        LocalDateTime local = LocalDateTime.of(2021, 3, 14, 2, 30);
        // when
        Whereabouts whereabouts = of(told("New York", null, null, null), local);
        // then
        assertThat(whereabouts)
                .isInstanceOfSatisfying(
                        Whereabouts.TimeNeverCame.class,
                        never ->
                                assertThat(never.gap().until())
                                        .isEqualTo(LocalDateTime.of(2021, 3, 14, 3, 0)));
    }

    @Test
    void letsWhatIsToldWinOverThePlace() {
        // when
        Whereabouts all = of(told("Mumbai", 10.0, 20.0, ZoneOffset.ofHours(1)), NOON);
        Whereabouts coordinates = of(told("Mumbai", 10.0, 20.0, null), NOON);
        Whereabouts offset = of(told("Mumbai", null, null, ZoneOffset.ofHours(1)), NOON);
        // then
        assertThat(all)
                .isEqualTo(new Whereabouts.Known(10, 20, ZoneOffset.ofHours(1), null, List.of()));
        assertThat(known(coordinates).latitude()).isEqualTo(10);
        assertThat(known(coordinates).offset()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 30));
        assertThat(known(offset).latitude()).isBetween(18.0, 20.0);
        assertThat(known(offset).offset()).isEqualTo(ZoneOffset.ofHours(1));
    }

    @Test
    void neverLooksForThePlaceWhenAllIsTold() {
        // when
        Whereabouts whereabouts = of(told("Xqzzywvkjq", 10.0, 20.0, ZoneOffset.UTC), NOON);
        // then
        assertThat(known(whereabouts).place()).isNull();
    }

    @Test
    void suggestsPlacesForOneThatItDoesNotKnow() {
        // when
        Whereabouts whereabouts = of(told("Hydrabad", null, null, null), NOON);
        // then
        assertThat(whereabouts)
                .isInstanceOfSatisfying(
                        Whereabouts.UnknownPlace.class,
                        unknown -> assertThat(unknown.answer().suggestions()).isNotEmpty());
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(of(told(null, null, null, null), NOON))
                .isEqualTo(new Whereabouts.Missing("place"));
        assertThat(of(told(null, 10.0, 20.0, null), NOON))
                .isEqualTo(new Whereabouts.Missing("utc_offset"));
        assertThat(of(told("Mumbai", 10.0, null, null), NOON))
                .isEqualTo(new Whereabouts.Missing("longitude"));
        assertThat(of(told("Mumbai", null, 20.0, null), NOON))
                .isEqualTo(new Whereabouts.Missing("latitude"));
    }

    private static Whereabouts.Told told(
            @Nullable String place,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable ZoneOffset offset) {
        return new Whereabouts.Told(place, latitude, longitude, offset);
    }

    private static Whereabouts of(Whereabouts.Told told, LocalDateTime local) {
        return Whereabouts.of(told, local, PLACES::find);
    }

    private static Whereabouts.Known known(Whereabouts whereabouts) {
        assertThat(whereabouts).isInstanceOf(Whereabouts.Known.class);
        return (Whereabouts.Known) whereabouts;
    }
}
