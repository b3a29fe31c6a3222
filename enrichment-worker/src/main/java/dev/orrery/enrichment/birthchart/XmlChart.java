package dev.orrery.enrichment.birthchart;

import static dev.orrery.enrichment.source.XmlText.element;

import dev.orrery.enrichment.source.XmlText;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A chart as XML on one line. Of the periods, those that run; the summary says which are over. */
final class XmlChart {

    private XmlChart() {}

    static String of(EnrichedChart enriched) {
        return XmlText.of(xml -> write(xml, enriched));
    }

    private static void write(XMLStreamWriter xml, EnrichedChart enriched)
            throws XMLStreamException {
        var chart = enriched.chart();
        xml.writeStartElement("kundli");
        element(xml, "ascendant", Title.of(chart.ascendant()));
        xml.writeStartElement("planets");
        for (var position : chart.positions()) {
            planet(xml, position);
        }
        xml.writeEndElement();
        xml.writeEmptyElement("dasha");
        if (enriched.isRunning(chart.major())) {
            xml.writeAttribute("major", Title.of(chart.major().ruler()));
        }
        if (enriched.isRunning(chart.minor())) {
            xml.writeAttribute("minor", Title.of(chart.minor().ruler()));
        }
        element(xml, "summary", enriched.summary());
        xml.writeEndElement();
    }

    private static void planet(XMLStreamWriter xml, Position position) throws XMLStreamException {
        xml.writeEmptyElement("planet");
        xml.writeAttribute("name", Title.of(position.graha()));
        xml.writeAttribute("sign", Title.of(position.sign()));
        xml.writeAttribute("degree", position.degreeInSign().toPlainString());
        xml.writeAttribute("house", Integer.toString(position.house()));
        xml.writeAttribute("nakshatra", Title.of(position.nakshatra()));
        xml.writeAttribute("pada", Integer.toString(position.pada()));
        xml.writeAttribute("retrograde", Boolean.toString(position.retrograde()));
    }
}
