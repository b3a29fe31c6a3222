package dev.orrery.pipeline.prompt.lint;

import dev.orrery.pipeline.prompt.document.PromptDocument;
import dev.orrery.pipeline.prompt.yaml.Place;
import java.util.List;

/**
 * Where in the source something of a leaf stands. YAML may write a text in other characters than it
 * has, so it is looked for behind the leaf's beginning; what is written otherwise there is shown at
 * the leaf. Asked in the order of the leaf's text. Nothing is looked for before a place is asked
 * for, so that a long prompt without slips costs nothing here.
 */
final class PlacesOfLeaf {

    private final String source;
    private final Place leaf;
    private final boolean isSourceItself;
    private final List<Braces.Found> all;
    private int next; // of all, the first that was not looked for yet
    private int from = -1; // of the source, where it is looked for; below 0 before the first search

    /**
     * @param all what may be asked for, in the order of the leaf's text
     */
    PlacesOfLeaf(String source, PromptDocument.Leaf leaf, List<Braces.Found> all) {
        this.source = source;
        this.leaf = leaf.place();
        this.isSourceItself = source.equals(leaf.text());
        this.all = all;
    }

    Place of(Braces.Found asked) {
        if (isSourceItself) {
            return Place.at(asked.index(), source);
        }
        if (from < 0) {
            from = indexOf(leaf, source);
        }
        while (next < all.size() && all.get(next).index() < asked.index()) {
            find(all.get(next++));
        }
        next++;
        int index = find(asked);
        return index < 0 ? leaf : Place.at(index, source);
    }

    /**
     * Index in the source, behind which the next one is looked for; below 0 when it is not there.
     */
    private int find(Braces.Found each) {
        int index = source.indexOf(each.written(), from);
        if (index >= 0) {
            from = index + each.written().length();
        }
        return index;
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
