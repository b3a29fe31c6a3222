package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTimeTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "7-3-2012  9:5,2012-03-07T09:05",
                "07-03-2012 09:05,2012-03-07T09:05",
                " 31-12-1999   23:59 ,1999-12-31T23:59",
                "2-5-2027   ,2027-05-02T00:00",
                "29-2-2024,2024-02-29T00:00"
            })
    void readsWhatTheServiceWrites(String text, LocalDateTime expected) {
        // given the text

        // when
        var time = ServiceTime.parse(text);

        // then
        assertThat(time).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "29-2-2023",
                "31-4-2024  1:1",
                "7-3-2012  24:00",
                "7-3-2012  9:5 and more",
                "2012-03-07T09:05"
            })
    void refusesWhatIsNoTime(String text) {
        // given the text

        // when
        var time = ServiceTime.parse(text);

        // then
        assertThat(time).isEmpty();
    }
}
