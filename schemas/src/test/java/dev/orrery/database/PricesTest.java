package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code billing.charge} and what it takes for a price. */
class PricesTest {

    private static Client client;

    @BeforeAll
    static void open() throws SQLException {
        client = MigratedDatabase.create().asSuperuser();
    }

    @AfterAll
    static void close() throws SQLException {
        client.close();
    }

    private static long charge(String price, long input, long output, long minutes)
            throws SQLException {
        return client.number(
                "select billing.charge(?::jsonb, ?, ?, ?)", price, input, output, minutes);
    }

    private static boolean isPrice(String price) throws SQLException {
        return client.one("select billing.is_price(?::jsonb)", row -> row.getBoolean(1), price);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"unit": "message", "per_message_micros": 5000000}                            | 812  | 95 | 1 | 5000000
                    {"unit": "message", "per_message_micros": 0}                                  | 812  | 95 | 1 | 0
                    {"unit": "free"}                                                              | 812  | 95 | 1 | 0
                    {"unit": "token", "input_per_1k_micros": 200000, "output_per_1k_micros": 600000} | 812 | 95 | 1 | 219400
                    {"unit": "token", "input_per_1k_micros": 1, "output_per_1k_micros": 1}        | 1    | 0  | 1 | 1
                    {"unit": "token", "input_per_1k_micros": 1, "output_per_1k_micros": 1}        | 1    | 1  | 1 | 1
                    {"unit": "token", "input_per_1k_micros": 1, "output_per_1k_micros": 1}        | 1000 | 1  | 1 | 2
                    {"unit": "token", "input_per_1k_micros": 1, "output_per_1k_micros": 1}        | 0    | 0  | 1 | 0
                    {"unit": "token", "input_per_1k_micros": 1, "output_per_1k_micros": 1}        | -9   | -9 | 1 | 0
                    {"unit": "minute", "per_minute_micros": 3000000}                              | 0    | 0  | 2 | 6000000
                    {"unit": "minute", "per_minute_micros": 3000000}                              | 0    | 0  | 0 | 0
                    {"unit": "minute", "per_minute_micros": 3000000}                              | 0    | 0  | -1 | 0
                    {"unit": "token", "input_per_1k_micros": 40000, "output_per_1k_micros": 0, "minimum_micros": 100000} | 1000 | 0 | 1 | 100000
                    {"unit": "token", "input_per_1k_micros": 40000, "output_per_1k_micros": 0, "minimum_micros": 100000} | 0 | 0 | 1 | 0
                    {"unit": "message", "per_message_micros": 9223372036854775807}                | 0    | 0  | 1 | 9223372036854775807
                    """)
    void chargesExactlyAndRoundsUpOnce(
            String price, long input, long output, long minutes, long expected)
            throws SQLException {
        assertThat(charge(price, input, output, minutes)).isEqualTo(expected);
    }

    @Test
    void neverWrapsAChargeThatDoesNotFit() {
        assertThatThrownBy(
                        () -> charge(Scene.perThousandTokens(Long.MAX_VALUE, 1), 1_000_000, 1, 1))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01 10:00:00,     2026-01-01 10:00:00,     1",
        "2026-01-01 10:00:00,     2026-01-01 10:01:00,     1",
        "2026-01-01 10:00:00,     2026-01-01 10:01:00.001, 2",
        "2026-01-01 10:00:00,     2026-01-01 10:01:00.000001, 2",
        "2026-01-01 23:59:59.999, 2026-01-02 00:59:59.999, 60",
        "2026-01-01 10:00:00,     2026-01-01 09:00:00,     1",
    })
    void countsTheMinutesThatHaveStarted(String first, String until, long expected)
            throws SQLException {
        assertThat(
                        client.number(
                                "select chat.started_minutes(?::timestamptz, ?::timestamptz)",
                                first + "+00",
                                until + "+00"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"unit\": \"free\", \"currency\": \"INR\"}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": 0}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": 9223372036854775807}",
                "{\"unit\": \"minute\", \"currency\": \"USD\", \"per_minute_micros\": 1, \"free_messages\": 2}",
                "{\"unit\": \"token\", \"currency\": \"EUR\", \"input_per_1k_micros\": 1, \"output_per_1k_micros\": 2}",
            })
    void takesAPriceThatItCanChargeBy(String price) throws SQLException {
        assertThat(isPrice(price)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"free\"",
                "{\"unit\": \"free\"}",
                "{\"unit\": \"free\", \"currency\": \"inr\"}",
                "{\"unit\": \"smile\", \"currency\": \"INR\"}",
                "{\"unit\": \"message\", \"currency\": \"INR\"}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": null}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": \"5\"}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": -5}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": 0.5}",
                "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": 9223372036854775808}",
                "{\"unit\": \"token\", \"currency\": \"INR\", \"input_per_1k_micros\": 1}",
                "{\"unit\": \"free\", \"currency\": \"INR\", \"free_messages\": -1}",
                "{\"unit\": \"free\", \"currency\": \"INR\", \"minimum_micros\": \"1\"}",
            })
    void refusesAPriceThatItCannotChargeBy(String price) throws SQLException {
        assertThat(isPrice(price)).isFalse();
    }
}
