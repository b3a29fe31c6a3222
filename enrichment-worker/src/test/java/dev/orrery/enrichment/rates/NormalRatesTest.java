package dev.orrery.enrichment.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.source.SourceFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The four steps, to the letter. */
class NormalRatesTest {

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-07-18T05:07:00Z");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final RatesQuestion QUESTION =
            new RatesQuestion("money.example", "IDR", List.of("EUR", "USD"));

    private static final String ANSWER =
            """
            [{"date": "2026-07-17", "base": "IDR", "quote": "USD", "rate": 0.00006230},
             {"date": "2026-07-16", "base": "IDR", "quote": "EUR", "rate": 5.7e-5}]
            """;

    @Test
    void keepsTheDigitsAndTheOldestDate() {
        // when
        var rates = rates(ANSWER);

        // then
        assertThat(rates.base()).isEqualTo("IDR");
        assertThat(rates.date()).isEqualTo(LocalDate.of(2026, 7, 16));
        assertThat(rates.rates())
                .extracting(each -> each.quote() + " " + each.rate().toPlainString())
                .containsExactly("EUR 0.000057", "USD 0.0000623");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"base\": \"IDR\", \"quote\": \"USD\" | \"base\": \"INR\", \"quote\": \"USD\" | [0].base",
                "0.00006230   | 0              | [0].rate",
                "0.00006230   | -0.1           | [0].rate",
                "0.00006230   | 1e99           | [0].rate",
                "0.00006230   | \"0.00006230\" | [0].rate",
                "0.00006230   | 0.0000623000000000000001 | [0].rate",
                "2026-07-17   | 2026-07-20     | [0].date",
                "2026-07-17   | 2026-06-17     | [0].date",
                "2026-07-17   | Friday         | [0].date",
                "\"EUR\"      | \"GBP\"        | quote EUR 0 times",
                "\"EUR\"      | \"USD\"        | quote EUR 0 times"
            })
    void refusesALieAndSaysWhere(String said, String lie, String where) {
        // given
        var answer = ANSWER.replace(said, lie);

        // when
        Runnable normalise = () -> rates(answer);

        // then
        assertThatThrownBy(normalise::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageStartingWith("Invalid exchange rate response: " + where + " (expected:");
    }

    @ParameterizedTest
    @CsvSource({
        // summer and winter, before and after a publication, over a weekend, at most half a day
        "2026-07-16T05:00:00Z, 2026-07-16T14:15:00Z",
        "2026-01-15T14:00:00Z, 2026-01-15T15:15:00Z",
        "2026-07-16T14:15:00Z, 2026-07-17T02:15:00Z",
        "2026-07-18T05:00:00Z, 2026-07-18T17:00:00Z",
        "2026-07-20T04:00:00Z, 2026-07-20T14:15:00Z"
    })
    void areFreshUntilTheNextPublication(Instant now, Instant freshUntil) {
        assertThat(Publication.after(now)).isEqualTo(freshUntil);
    }

    @Test
    void areWrittenInThreeFormats() {
        // given
        var report = RatesReport.of(rates(ANSWER), NOW);
        var summary =
                "Reference rates of 16 July 2026, not market quotes: 1 IDR is 0.000057 EUR, 0.0000623 USD.";

        // then
        assertThat(RatesText.markdown(report))
                .isEqualTo(
                        """

                        ### Exchange Rates

                        **Published**: 2026-07-16

                        **Rates**:
                        - 1 IDR = 0.000057 EUR
                        - 1 IDR = 0.0000623 USD

                        **Summary**: %s
                        """
                                .formatted(summary));
        assertThat(RatesText.json(report))
                .isEqualTo(
                        "{\"base\":\"IDR\",\"date\":\"2026-07-16\",\"rates\":{\"EUR\":0.000057,\"USD\":0.0000623},"
                                + "\"summary\":\""
                                + summary
                                + "\"}");
        assertThat(RatesText.xml(report))
                .isEqualTo(
                        "<exchange_rates base=\"IDR\" date=\"2026-07-16\">"
                                + "<rate quote=\"EUR\" value=\"0.000057\"/><rate quote=\"USD\" value=\"0.0000623\"/>"
                                + "<summary>"
                                + summary
                                + "</summary></exchange_rates>");
    }

    @Test
    void saysHowOldRatesAreThatAreNotRecent() {
        // when
        var report = RatesReport.of(rates(ANSWER), Instant.parse("2026-07-23T05:00:00Z"));

        // then
        assertThat(report.summary()).startsWith("Reference rates of 16 July 2026 (7 days ago), ");
    }

    private static ExchangeRates rates(String answer) {
        var json = JSON.readTree(answer);
        RatesShape.require(json);
        return NormalRates.of(json, QUESTION, NOW);
    }
}
