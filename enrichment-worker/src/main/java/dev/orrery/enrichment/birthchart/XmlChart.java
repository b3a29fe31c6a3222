package dev.orrery.enrichment.birthchart;

import static dev.orrery.enrichment.source.XmlText.element;

import dev.orrery.enrichment.source.XmlText;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A chart as XML on one line. */
final class XmlChart {

    private XmlChart() {}

    static String of(EnrichedChart enriched) {
        return XmlText.of(xml -> write(xml, enriched));
    }

    private static void write(XMLStreamWriter xml, EnrichedChart enriched)
            throws XMLStreamException {
        var chart = enriched.chart();
        xml.writeStartElement("kundli");
        element(xml, "ascendant", chart.ascendant().title());
        xml.writeStartElement("planets");
        for (var position : chart.positions()) {
            planet(xml, position);
        }
        xml.writeEndElement();
        xml.writeEmptyElement("dasha");
        xml.writeAttribute("major", chart.major().ruler().title());
        xml.writeAttribute("minor", chart.minor().ruler().title());
        element(xml, "summary", enriched.summary());
        xml.writeEndElement();
    }

    private static void planet(XMLStreamWriter xml, Position position) throws XMLStreamException {
        xml.writeEmptyElement("planet");
        xml.writeAttribute("name", position.graha().title());
        xml.writeAttribute("sign", position.sign().title());
        xml.writeAttribute("degree", position.degreeInSign().toPlainString());
        xml.writeAttribute("house", Integer.toString(position.house()));
        xml.writeAttribute("nakshatra", Title.of(position.nakshatra()));
        xml.writeAttribute("pada", Integer.toString(position.pada()));
        xml.writeAttribute("retrograde", Boolean.toString(position.retrograde()));
    }
}
