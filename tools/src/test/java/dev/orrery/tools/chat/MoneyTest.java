package dev.orrery.tools.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.00 INR",
        "5000000, 5.00 INR",
        "990500000, 990.50 INR",
        "500, 0.0005 INR",
        "-1, -0.000001 INR",
        "9223372036854775807, 9223372036854.775807 INR"
    })
    void isShownToTheLastMillionth(long micros, String shown) {
        // given
        var money = new Money(micros, "INR");

        // when
        var text = money.toString();

        // then
        assertThat(text).isEqualTo(shown);
    }
}
