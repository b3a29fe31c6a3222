package dev.orrery.pipeline.prompt.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document, and with that any JSON, strictly: no anchors or aliases (small
 * documents could grow without bound), no tags, no key twice, and not above the limits. What looks
 * like a number, a boolean or null in YAML 1.2 is one; everything else is text, dates too. Not safe
 * for use by several threads; made for one document.
 */
public final class YamlReader {

    /** UTF-16 units of a document. */
    public static final int LONGEST = 256 * 1024;

    static final int DEEPEST = 12;
    static final int MOST_VALUES = 20_000;
    static final int LONGEST_KEY = 200;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(LONGEST).build();

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?");

    private final Iterator<Event> events;
    private final Map<YamlValue, Place> places = new IdentityHashMap<>();
    private int values;

    private YamlReader(String text) {
        this.events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /** The document; fails with {@link MalformedYaml}. */
    public static YamlDocument read(String text) {
        if (text.length() > LONGEST) {
            throw new MalformedYaml(
                    text.length() + " characters (expected: at most " + LONGEST + ")", Place.START);
        }
        try {
            return new YamlReader(text).document();
        } catch (MarkedYamlEngineException malformed) {
            throw new MalformedYaml(
                    malformed.getProblem(),
                    malformed.getProblemMark().map(YamlReader::place).orElse(Place.START));
        } catch (YamlEngineException malformed) {
            throw new MalformedYaml(
                    "a character that YAML does not allow, or text above the limits", Place.START);
        }
    }

    private YamlDocument document() {
        events.next(); // the stream begins
        if (!(events.next() instanceof DocumentStartEvent)) {
            throw new MalformedYaml("no document (expected: one)", Place.START);
        }
        var root = value(events.next(), 0);
        var end = events.next();
        if (!(end instanceof DocumentEndEvent)) {
            throw new MalformedYaml("BUG: not the end of the document", place(end));
        }
        var next = events.next();
        if (!(next instanceof StreamEndEvent)) {
            throw new MalformedYaml("a second document (expected: one)", place(next));
        }
        return new YamlDocument(root, places);
    }

    private YamlValue value(Event event, int depth) {
        var place = place(event);
        requireWithinLimits(place, depth);
        if (event instanceof NodeEvent node) {
            requirePlain(node, place);
        }
        var value =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent ignored -> listing(depth);
                    case MappingStartEvent ignored -> mapping(depth);
                    default -> throw new MalformedYaml("BUG: unforeseen " + event, place);
                };
        places.put(value, place);
        return value;
    }

    private void requireWithinLimits(Place place, int depth) {
        if (depth > DEEPEST) {
            throw new MalformedYaml(
                    "nested too deep (expected: at most " + DEEPEST + " levels)", place);
        }
        if (++values > MOST_VALUES) {
            throw new MalformedYaml(
                    "too many values (expected: at most " + MOST_VALUES + ")", place);
        }
    }

    private static void requirePlain(NodeEvent node, Place place) {
        if (node instanceof AliasEvent || node.getAnchor().isPresent()) {
            throw new MalformedYaml("an anchor or alias (expected: the value itself)", place);
        }
        Optional<String> tag =
                switch (node) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case SequenceStartEvent start -> start.getTag();
                    case MappingStartEvent start -> start.getTag();
                    default -> Optional.empty();
                };
        if (tag.isPresent()) {
            throw new MalformedYaml("a tag (expected: a value without one)", place);
        }
    }

    private YamlValue listing(int depth) {
        List<YamlValue> items = new ArrayList<>();
        for (var event = events.next();
                !(event instanceof SequenceEndEvent);
                event = events.next()) {
            items.add(value(event, depth + 1));
        }
        return new YamlValue.Listing(items);
    }

    private YamlValue mapping(int depth) {
        var entries = new ArrayList<YamlValue.Entry>();
        var keys = new HashSet<String>();
        for (var event = events.next();
                !(event instanceof MappingEndEvent);
                event = events.next()) {
            var key = key(event);
            if (!keys.add(key)) {
                throw new MalformedYaml("the key \"" + key + "\" twice", place(event));
            }
            entries.add(new YamlValue.Entry(key, value(events.next(), depth + 1)));
        }
        return new YamlValue.Mapping(entries);
    }

    private static String key(Event event) {
        var place = place(event);
        if (!(event instanceof ScalarEvent scalar)) {
            throw new MalformedYaml(
                    "a key that is no text (expected: a text; a value that begins with {{ needs"
                            + " quotes)",
                    place);
        }
        requirePlain(scalar, place);
        var key = scalar.getValue();
        if (key.isBlank() || key.length() > LONGEST_KEY || !isOneLine(key)) {
            throw new MalformedYaml(
                    "a key that cannot be written (expected: one line of 1 to "
                            + LONGEST_KEY
                            + " characters)",
                    place);
        }
        return key;
    }

    private static boolean isOneLine(String key) {
        return key.codePoints()
                .noneMatch(each ->
                        Character.isISOControl(each)
                                || each == 0x2028
                                || each == 0x2029
                                || Character.getType(each) == Character.SURROGATE);
    }

    private static YamlValue scalar(ScalarEvent scalar) {
        var written = scalar.getValue();
        if (!scalar.isPlain()) {
            return new YamlValue.Text(written);
        }
        return switch (written) {
            case "", "~", "null", "Null", "NULL" -> new YamlValue.Plain("null");
            case "true", "True", "TRUE" -> new YamlValue.Plain("true");
            case "false", "False", "FALSE" -> new YamlValue.Plain("false");
            default ->
                    NUMBER.matcher(written).matches()
                            ? new YamlValue.Plain(written)
                            : new YamlValue.Text(written);
        };
    }

    private static Place place(Event event) {
        return event.getStartMark().map(YamlReader::place).orElse(Place.START);
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
