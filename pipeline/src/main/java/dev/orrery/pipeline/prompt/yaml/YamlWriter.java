package dev.orrery.pipeline.prompt.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/**
 * Writes a value in block style: keys in their order, two spaces a level, lists not indented, lines
 * never folded and ended by LF, Unicode as it is. Pure: equal values give equal texts.
 */
public final class YamlWriter {

    private static final DumpSettings SETTINGS =
            DumpSettings.builder()
                    .setDefaultFlowStyle(FlowStyle.BLOCK)
                    .setIndent(2)
                    .setIndicatorIndent(0)
                    .setWidth(Integer.MAX_VALUE)
                    .setSplitLines(false)
                    .setBestLineBreak("\n")
                    .setUseUnicodeEncoding(true)
                    .setMaxSimpleKeyLength(1_024)
                    .build();

    /** Neither a plain scalar nor any other one shows a tag. */
    private static final ImplicitTuple UNTAGGED = new ImplicitTuple(true, true);

    private final List<Event> events = new ArrayList<>();

    private YamlWriter() {}

    /** The value as a document of its own, with a line feed at its end. */
    public static String write(YamlValue value) {
        var writer = new YamlWriter();
        writer.events.add(new StreamStartEvent());
        writer.events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        writer.add(value);
        writer.events.add(new DocumentEndEvent(false));
        writer.events.add(new StreamEndEvent());
        return escaped(new Present(SETTINGS).emitToString(writer.events.iterator()));
    }

    /**
     * What ends a line in YAML 1.1 alone is written as it is by a writer of 1.2. It stands in
     * double quotes and nowhere else, see {@link ScalarStyles}, where an escape says the same to
     * both.
     */
    private static String escaped(String written) {
        return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private void add(YamlValue value) {
        switch (value) {
            case YamlValue.Text text -> add(text.text(), ScalarStyles.ofText(text.text()));
            case YamlValue.Plain plain -> add(plain.written(), ScalarStyle.PLAIN);
            case YamlValue.Listing listing -> add(listing);
            case YamlValue.Mapping mapping -> add(mapping);
        }
    }

    private void add(YamlValue.Listing listing) {
        events.add(
                new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
        listing.items().forEach(this::add);
        events.add(new SequenceEndEvent());
    }

    private void add(YamlValue.Mapping mapping) {
        events.add(
                new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
        for (var entry : mapping.entries()) {
            add(entry.key(), ScalarStyles.ofKey(entry.key()));
            add(entry.value());
        }
        events.add(new MappingEndEvent());
    }

    private void add(String scalar, ScalarStyle style) {
        events.add(new ScalarEvent(Optional.empty(), Optional.empty(), UNTAGGED, scalar, style));
    }
}
