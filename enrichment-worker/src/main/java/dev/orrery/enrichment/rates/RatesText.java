package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.source.XmlText;
import java.util.stream.Collectors;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fourth step: the rates as a prompt shows them. Only words of ours and numbers are shown. */
final class RatesText {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    private static final String LAYOUT =
            """

            ### Exchange Rates

            **Published**: %s

            **Rates**:
            %s

            **Summary**: %s
            """;

    private RatesText() {}

    static String markdown(RatesReport report) {
        var rates = report.rates();
        return LAYOUT.formatted(
                rates.date(),
                rates.rates().stream()
                        .map(each -> line(rates.base(), each))
                        .collect(Collectors.joining("\n")),
                report.summary());
    }

    private static String line(String base, ExchangeRates.Rate each) {
        return "- 1 " + base + " = " + each.rate().toPlainString() + " " + each.quote();
    }

    static String json(RatesReport report) {
        var rates = report.rates();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("base", rates.base()).put("date", rates.date().toString());
        var quotes = json.putObject("rates");
        rates.rates().forEach(each -> quotes.put(each.quote(), each.rate()));
        json.put("summary", report.summary());
        return JSON.writeValueAsString(json);
    }

    static String xml(RatesReport report) {
        var rates = report.rates();
        return XmlText.of(xml -> {
            xml.writeStartElement("exchange_rates");
            xml.writeAttribute("base", rates.base());
            xml.writeAttribute("date", rates.date().toString());
            for (var each : rates.rates()) {
                xml.writeEmptyElement("rate");
                xml.writeAttribute("quote", each.quote());
                xml.writeAttribute("value", each.rate().toPlainString());
            }
            XmlText.element(xml, "summary", report.summary());
            xml.writeEndElement();
        });
    }
}
