package dev.orrery.pipeline.prompt.lint;

import dev.orrery.pipeline.prompt.document.PromptDocument;
import dev.orrery.pipeline.prompt.yaml.Place;

/**
 * Where in the source something of a leaf stands. YAML may write a text in other characters than it
 * has, so it is looked for behind the leaf's beginning; what is written otherwise there is shown at
 * the leaf. Asked in the order of the leaf's text.
 */
final class PlacesOfLeaf {

    private final String source;
    private final Place leaf;
    private final boolean isSourceItself;
    private int from;

    PlacesOfLeaf(String source, PromptDocument.Leaf leaf) {
        this.source = source;
        this.leaf = leaf.place();
        this.isSourceItself = source.equals(leaf.text());
        this.from = indexOf(leaf.place(), source);
    }

    Place of(Braces.Found found) {
        if (isSourceItself) {
            return Place.at(found.index(), source);
        }
        int index = source.indexOf(found.written(), from);
        if (index < 0) {
            return leaf;
        }
        from = index + found.written().length();
        return Place.at(index, source);
    }

    private static int indexOf(Place place, String source) {
        int begin = 0;
        for (int line = 1; line < place.line(); line++) {
            begin = source.indexOf('\n', begin) + 1;
        }
        int units = source.length() - begin;
        int codePoints = Math.min(place.column() - 1, source.codePointCount(begin, begin + units));
        return source.offsetByCodePoints(begin, codePoints);
    }
}
