package dev.orrery.pipeline.prompt.yaml;

import dev.orrery.pipeline.prompt.yaml.YamlValue.Entry;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Listing;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Mapping;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Plain;
import dev.orrery.pipeline.prompt.yaml.YamlValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents full of what could be mistaken for structure. */
final class RandomDocuments {

    private static final List<String> PIECES =
            List.of(
                    "---",
                    "...",
                    "&a",
                    "*a",
                    "!!tag",
                    "!",
                    "'",
                    "\"",
                    "\\",
                    ": ",
                    ":",
                    " #",
                    "#",
                    "- ",
                    "? ",
                    "| ",
                    "> ",
                    "%",
                    "@",
                    "`",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    "{{user_name}}",
                    "\n",
                    "\n\n",
                    "\n  ",
                    " ",
                    "  ",
                    "\t",
                    "yes",
                    "null",
                    "~",
                    "012",
                    "1e3",
                    "12:30",
                    "2026-01-15",
                    "<<",
                    "word",
                    "मी",
                    "हिन्दी",
                    "\uD83C\uDF19",
                    "\uD83D\uDC68\u200D\uD83D\uDC69",
                    "\u00a0",
                    "\u2028",
                    "\u2029",
                    "\u200f",
                    "é",
                    "$1",
                    "key: value",
                    "\n- item",
                    "\nkey: value",
                    "=");

    private RandomDocuments() {}

    static Mapping of(Random chance) {
        return mapping(chance, 0);
    }

    private static Mapping mapping(Random chance, int depth) {
        var entries = new ArrayList<Entry>();
        int size = 1 + chance.nextInt(6);
        for (int i = 0; i < size; i++) {
            var key = text(chance).replaceAll("[\n\t\u2028\u2029]", "") + i; // no key twice
            entries.add(new Entry(key, value(chance, depth)));
        }
        return new Mapping(entries);
    }

    private static YamlValue value(Random chance, int depth) {
        return switch (chance.nextInt(depth > 3 ? 3 : 6)) {
            case 0, 1 -> new Text(text(chance));
            case 2 ->
                    new Plain(List.of("null", "true", "false", "7", "-1.5").get(chance.nextInt(5)));
            case 3, 4 -> {
                var items = new ArrayList<YamlValue>();
                int size = chance.nextInt(4);
                for (int i = 0; i < size; i++) {
                    items.add(value(chance, depth + 1));
                }
                yield new Listing(items);
            }
            default -> mapping(chance, depth + 1);
        };
    }

    static String text(Random chance) {
        var text = new StringBuilder();
        int size = chance.nextInt(8);
        for (int i = 0; i < size; i++) {
            text.append(PIECES.get(chance.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
