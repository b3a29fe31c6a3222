package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.source.XmlText;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fourth step: the weather as a prompt shows it. Only words of ours and numbers are shown. */
final class WeatherText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm '(UTC'xxx')'", Locale.ROOT);

    private static final String LAYOUT =
            """

            ### Weather

            **Observed**: %s
            **Sky**: %s
            **Temperature**: %s °C
            **Wind**: %s km/h

            **Summary**: %s
            """;

    private WeatherText() {}

    static String markdown(WeatherReport report) {
        var weather = report.weather();
        return LAYOUT.formatted(
                LOCAL.format(weather.observedAt()),
                weather.sky().words(),
                weather.celsius().toPlainString(),
                weather.windKilometresAnHour().toPlainString(),
                report.summary());
    }

    static String json(WeatherReport report) {
        var weather = report.weather();
        return JSON.writeValueAsString(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("observed_at", weather.observedAt().toString())
                        .put("sky", weather.sky().words())
                        .put("temperature_celsius", weather.celsius())
                        .put("wind_km_per_hour", weather.windKilometresAnHour())
                        .put("summary", report.summary()));
    }

    static String xml(WeatherReport report) {
        var weather = report.weather();
        return XmlText.of(xml -> {
            xml.writeStartElement("weather");
            xml.writeAttribute("observed_at", weather.observedAt().toString());
            xml.writeAttribute("sky", weather.sky().words());
            xml.writeAttribute("temperature_celsius", weather.celsius().toPlainString());
            xml.writeAttribute("wind_km_per_hour", weather.windKilometresAnHour().toPlainString());
            XmlText.element(xml, "summary", report.summary());
            xml.writeEndElement();
        });
    }
}
