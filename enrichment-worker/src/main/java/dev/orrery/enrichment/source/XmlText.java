package dev.orrery.enrichment.source;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** XML on one line, escaped by a writer. */
public final class XmlText {

    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    /** Writes one element and what is in it. */
    @FunctionalInterface
    public interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private XmlText() {}

    public static String of(Content content) {
        var text = new StringWriter();
        try {
            var xml = XML.createXMLStreamWriter(text);
            content.write(xml);
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new AssertionError("BUG: nothing can go wrong in memory", impossible);
        }
        return text.toString();
    }

    /** An element that holds a text alone. */
    public static void element(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
