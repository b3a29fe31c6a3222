package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact texts that prompts show. */
class ChartFormatsTest {

    private static final Locale USUAL = Locale.getDefault();

    private static final String MARKDOWN =
            """

            ### Kundli Data

            **Ascendant**: Libra

            **Planetary Positions**:
            - Sun: Gemini 12.19°, house 9, Ardra pada 2
            - Moon: Aries 11.72°, house 7, Ashwini pada 4
            - Mars: Gemini 13.42°, house 9, Ardra pada 3
            - Mercury: Gemini 25.49°, house 9, Punarvasu pada 2 (retrograde)
            - Jupiter: Taurus 5.53°, house 8, Krittika pada 3
            - Venus: Gemini 16.57°, house 9, Ardra pada 3
            - Saturn: Taurus 2.40°, house 8, Krittika pada 2
            - Rahu: Cancer 1.76°, house 10, Punarvasu pada 4 (retrograde)
            - Ketu: Capricorn 1.76°, house 4, Uttara Ashadha pada 2 (retrograde)

            **Current Dasha**: Sun / Venus

            **Summary**: Libra ascendant, Sun in Gemini, Moon in Aries in the nakshatra Ashwini; \
            Sun major period until 2 May 2027 and Venus minor period until 2 May 2027.
            """;

    private final EnrichedChart chart = EnrichedChart.of(Charts.chart(), Charts.NOW);

    @AfterEach
    void comeHome() {
        Locale.setDefault(USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-IN", "hi-IN-u-nu-deva", "tr-TR", "ar-EG"})
    void writesMarkdownTheSameEverywhere(String locale) {
        // given
        Locale.setDefault(Locale.forLanguageTag(locale));

        // when
        var text = MarkdownChart.of(EnrichedChart.of(Charts.chart(), Charts.NOW));

        // then
        assertThat(text).isEqualTo(MARKDOWN);
    }

    @Test
    void writesCompactJsonInAFixedOrder() {
        // given the chart

        // when
        var text = JsonChart.of(chart);

        // then
        assertThat(text)
                .startsWith(
                        "{\"ascendant\":\"Libra\",\"planets\":["
                                + "{\"name\":\"Sun\",\"sign\":\"Gemini\",\"degree\":12.19,\"house\":9,"
                                + "\"nakshatra\":\"Ardra\",\"pada\":2,\"retrograde\":false},"
                                + "{\"name\":\"Moon\",\"sign\":\"Aries\",\"degree\":11.72,\"house\":7,"
                                + "\"nakshatra\":\"Ashwini\",\"pada\":4,\"retrograde\":false},")
                .contains("{\"name\":\"Saturn\",\"sign\":\"Taurus\",\"degree\":2.40,")
                .endsWith(
                        "{\"name\":\"Ketu\",\"sign\":\"Capricorn\",\"degree\":1.76,\"house\":4,"
                                + "\"nakshatra\":\"Uttara Ashadha\",\"pada\":2,\"retrograde\":true}],"
                                + "\"dashas\":{"
                                + "\"major\":{\"planet\":\"Sun\",\"start\":\"2021-05-02T14:07+05:30\",\"end\":\"2027-05-02T02:07+05:30\"},"
                                + "\"minor\":{\"planet\":\"Venus\",\"start\":\"2026-05-02T20:07+05:30\",\"end\":\"2027-05-02T02:07+05:30\"}},"
                                + "\"summary\":\""
                                + chart.summary()
                                + "\"}");
    }

    @Test
    void namesEveryPeriodShownInJson() {
        // given
        var three = NormalChart.of(Charts.answer(), Charts.INDIA, 3);

        // when
        var text = JsonChart.of(EnrichedChart.of(three, Charts.NOW));

        // then
        assertThat(text).contains("\"sub_minor\":{\"planet\":\"Moon\"");
    }

    @Test
    void writesXmlOnOneLine() {
        // given the chart

        // when
        var text = XmlChart.of(chart);

        // then
        assertThat(text)
                .startsWith(
                        "<kundli><ascendant>Libra</ascendant><planets>"
                                + "<planet name=\"Sun\" sign=\"Gemini\" degree=\"12.19\" house=\"9\""
                                + " nakshatra=\"Ardra\" pada=\"2\" retrograde=\"false\"/>"
                                + "<planet name=\"Moon\"")
                .endsWith(
                        " nakshatra=\"Uttara Ashadha\" pada=\"2\" retrograde=\"true\"/></planets>"
                                + "<dasha major=\"Sun\" minor=\"Venus\"/><summary>"
                                + chart.summary()
                                + "</summary></kundli>");
    }

    @Test
    void callsNoPeriodCurrentThatIsOver() {
        // given
        var stale = EnrichedChart.of(Charts.chart(), Instant.parse("2027-05-02T00:00:00Z"));

        // when
        var markdown = MarkdownChart.of(stale);

        // then
        assertThat(markdown).contains("\n**Current Dasha**: unknown / unknown\n");
        assertThat(JsonChart.of(stale)).contains("\"dashas\":{},");
        assertThat(XmlChart.of(stale)).contains("<dasha/>");
        assertThat(List.of(markdown, JsonChart.of(stale), XmlChart.of(stale)))
                .allSatisfy(text -> assertThat(text).contains("ended on 2 May 2027"));
    }

    @Test
    void goesOnShowingTheLongerPeriodThatRuns() {
        // given: the sub-minor period of three ended on 31 July 2026
        var three = NormalChart.of(Charts.answer(), Charts.INDIA, 3);
        var stale = EnrichedChart.of(three, Instant.parse("2026-08-01T10:00:00Z"));

        // when
        var text = JsonChart.of(stale);

        // then
        assertThat(text).contains("\"minor\":{\"planet\":\"Venus\"").doesNotContain("sub_minor");
        assertThat(MarkdownChart.of(stale)).contains("**Current Dasha**: Sun / Venus\n");
        assertThat(XmlChart.of(stale)).contains("<dasha major=\"Sun\" minor=\"Venus\"/>");
    }

    @Test
    void escapesXml() {
        // given
        var odd = new EnrichedChart(chart.chart(), chart.processedAt(), "a < b & \"c\"");

        // when
        var text = XmlChart.of(odd);

        // then
        assertThat(text).contains("<summary>a &lt; b &amp; \"c\"</summary>");
    }
}
