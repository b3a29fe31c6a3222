package dev.orrery.pipeline.prompt.yaml;

import java.util.List;

/**
 * Writes a value byte for byte as PyYAML 6 does in {@code dump(value, sort_keys=False)}: what is
 * not ASCII is escaped, lines are folded at 80 columns, texts of several lines are quoted. For
 * prompts that were written for such a dump. Pure: equal values give equal texts.
 */
final class CompatWriter {

    private static final int INDENT = 2;

    /** No collection is open yet. */
    private static final int NOWHERE = -INDENT;

    /** Code points; PyYAML counts the tag {@code !!str} with the key, up to 127. */
    private static final int LONGEST_SIMPLE_KEY = 122;

    private final CompatPage page = new CompatPage();

    private CompatWriter() {}

    /** The value as a document of its own, with a line feed at its end. */
    static String write(YamlValue value) {
        var writer = new CompatWriter();
        writer.node(value, NOWHERE, false);
        writer.page.indent(0);
        return writer.page.text();
    }

    /**
     * @param indent of the collection that it stands in
     * @param inMapping whether that is a mapping
     */
    private void node(YamlValue value, int indent, boolean inMapping) {
        switch (value) {
            case YamlValue.Text text ->
                    scalar(CompatScalar.ofText(text.text()), indent + INDENT, false);
            case YamlValue.Plain plain ->
                    scalar(CompatScalar.ofPlain(plain.written()), indent + INDENT, false);
            case YamlValue.Listing listing -> listing(listing.items(), indent, inMapping);
            case YamlValue.Mapping mapping -> mapping(mapping.entries(), indent + INDENT);
        }
    }

    /** Right below a key, a list begins where the key does. */
    private void listing(List<YamlValue> items, int outer, boolean inMapping) {
        if (items.isEmpty()) {
            page.opening("[");
            page.closing("]");
            return;
        }
        int indent = inMapping && !page.isIndention() ? outer : outer + INDENT;
        for (var item : items) {
            page.indent(indent);
            page.block("-");
            node(item, indent, false);
        }
    }

    private void mapping(List<YamlValue.Entry> entries, int indent) {
        if (entries.isEmpty()) {
            page.opening("{");
            page.closing("}");
            return;
        }
        for (var entry : entries) {
            page.indent(indent);
            key(CompatScalar.ofText(entry.key()), indent);
            node(entry.value(), indent, true);
        }
    }

    private void key(CompatScalar key, int indent) {
        if (!key.isEmpty() && !key.isMultiline() && key.length() <= LONGEST_SIMPLE_KEY) {
            scalar(key, indent + INDENT, true);
            page.closing(":");
            return;
        }
        page.block("?");
        scalar(key, indent + INDENT, false);
        page.indent(indent);
        page.block(":");
    }

    /** A key is written in one line, whatever its length. */
    private void scalar(CompatScalar scalar, int indent, boolean isKey) {
        int width = isKey ? Integer.MAX_VALUE : CompatPage.WIDTH;
        switch (scalar.style(isKey)) {
            case PLAIN -> new CompatLines(page, indent, width).plain(scalar.codePoints());
            case SINGLE_QUOTED -> new CompatLines(page, indent, width).single(scalar.codePoints());
            case DOUBLE_QUOTED ->
                    new CompatEscapes(page, indent, width).quoted(scalar.codePoints());
        }
    }
}
