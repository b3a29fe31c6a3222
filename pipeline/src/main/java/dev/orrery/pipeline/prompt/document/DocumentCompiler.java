package dev.orrery.pipeline.prompt.document;

import dev.orrery.pipeline.prompt.template.Template;
import dev.orrery.pipeline.prompt.variables.CleanText;
import dev.orrery.pipeline.prompt.variables.ResponseLength;
import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import dev.orrery.pipeline.prompt.yaml.YamlDocument;
import dev.orrery.pipeline.prompt.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what an author wrote into parts; everything that cannot be used is said with its place. */
final class DocumentCompiler {

    private static final String STANDARD = "standard";
    private static final String DEFAULT = "default";
    private static final int MOST_MEMORIES = 100;

    private final YamlDocument document;

    /** Where each template stands, by identity. */
    private final Map<Template, YamlValue.Text> sources = new IdentityHashMap<>();

    DocumentCompiler(YamlDocument document) {
        this.document = document;
    }

    Map<Template, YamlValue.Text> sources() {
        return sources;
    }

    Part part(YamlValue value) {
        return switch (value) {
            case YamlValue.Text text -> text(text);
            case YamlValue.Plain plain -> new Part.Fixed(plain);
            case YamlValue.Listing listing -> listing(listing);
            case YamlValue.Mapping mapping ->
                    mapping.entries().stream().anyMatch(each -> Directive.isMeant(each.key()))
                            ? asked(mapping)
                            : mapping(mapping);
        };
    }

    private Part text(YamlValue.Text text) {
        var template = template(text);
        return template.isLiteral()
                ? new Part.Fixed(YamlValue.text(CleanText.printable(text.text())))
                : new Part.Written(template);
    }

    private Part listing(YamlValue.Listing listing) {
        var items = listing.items().stream().map(this::part).toList();
        return items.stream().allMatch(Part.Fixed.class::isInstance)
                ? new Part.Fixed(new YamlValue.Listing(fixed(items)))
                : new Part.Listing(items);
    }

    private Part mapping(YamlValue.Mapping mapping) {
        var members =
                mapping.entries().stream()
                        .map(each -> new Part.Mapping.Member(each.key(), part(each.value())))
                        .toList();
        if (!members.stream().allMatch(each -> each.part() instanceof Part.Fixed)) {
            return new Part.Mapping(members);
        }
        var values = fixed(members.stream().map(Part.Mapping.Member::part).toList());
        var entries = new ArrayList<YamlValue.Entry>();
        for (int i = 0; i < values.size(); i++) {
            entries.add(new YamlValue.Entry(members.get(i).key(), values.get(i)));
        }
        return new Part.Fixed(new YamlValue.Mapping(entries));
    }

    private static List<YamlValue> fixed(List<Part> parts) {
        return parts.stream().map(part -> ((Part.Fixed) part).value()).toList();
    }

    private Part asked(YamlValue.Mapping mapping) {
        var asked = new EnumMap<Directive, YamlValue>(Directive.class);
        for (var entry : mapping.entries()) {
            var directive =
                    Directive.of(entry.key())
                            .orElseThrow(
                                    () -> malformed(entry.key(), Directive.known(), entry.value()));
            asked.put(directive, entry.value());
        }
        return asked(mapping, asked);
    }

    private Part asked(YamlValue.Mapping mapping, Map<Directive, YamlValue> asked) {
        var when = asked.remove(Directive.WHEN);
        if (asked.size() != 1) {
            throw malformed(
                    asked.size() + " things asked for at once",
                    "one, beside " + Directive.WHEN.key(),
                    mapping);
        }
        var only = asked.entrySet().iterator().next();
        var part = asked(only.getKey(), only.getValue());
        return when == null ? part : new Part.Conditional(condition(when), part);
    }

    private Part asked(Directive directive, YamlValue argument) {
        return switch (directive) {
            case WHEN -> throw new AssertionError("BUG: a condition is no part of its own");
            case VALUE -> part(argument);
            case ROLE -> new Part.Role(template(line(argument)));
            case LANGUAGE -> new Part.ByLanguage(languageTexts(argument));
            case LENGTH -> new Part.ByLength(lengths(argument));
            case DAILY_CONTEXT -> new Part.DailyContext(isOfUser(argument));
            case FACT -> new Part.FactOf(line(argument).text());
            case MEMORIES -> new Part.Memories(most(argument));
            case SUMMARY -> summary(argument);
        };
    }

    private LanguageTexts languageTexts(YamlValue argument) {
        if (argument.equals(YamlValue.text(STANDARD))) {
            return LanguageTexts.STANDARD;
        }
        var members = members(argument, "standard, or texts by app and language");
        var otherwise = members.remove(DEFAULT);
        if (otherwise == null) {
            throw malformed("no default", "a text for every other app and language", argument);
        }
        var byApp = new HashMap<String, Map<String, Template>>();
        members.forEach((app, texts) -> byApp.put(app, byLanguage(texts)));
        return new LanguageTexts(template(line(otherwise)), Map.copyOf(byApp));
    }

    private Map<String, Template> byLanguage(YamlValue texts) {
        var byLanguage = new HashMap<String, Template>();
        members(texts, "texts by language")
                .forEach((language, text) ->
                        byLanguage.put(Language.code(language), template(line(text))));
        return Map.copyOf(byLanguage);
    }

    private Map<ResponseLength, Template> lengths(YamlValue argument) {
        var texts = new EnumMap<ResponseLength, Template>(ResponseLength.class);
        if (argument.equals(YamlValue.text(STANDARD))) {
            return texts;
        }
        members(argument, "standard, or texts for short, medium and long")
                .forEach((name, text) ->
                        texts.put(
                                ResponseLength.named(name)
                                        .orElseThrow(() ->
                                                malformed(name, "short, medium or long", text)),
                                template(line(text))));
        return texts;
    }

    private boolean isOfUser(YamlValue argument) {
        return switch (line(argument).text()) {
            case "user" -> true;
            case "bot" -> false;
            default -> throw malformed(line(argument).text(), "user or bot", argument);
        };
    }

    private int most(YamlValue argument) {
        if (argument.equals(YamlValue.text("all"))) {
            return MOST_MEMORIES;
        }
        if (argument instanceof YamlValue.Plain plain && plain.written().matches("[1-9][0-9]?")) {
            return Integer.parseInt(plain.written());
        }
        throw malformed("another number of memories", "all, or 1 to 99", argument);
    }

    private Part summary(YamlValue argument) {
        if (argument.equals(YamlValue.text("conversation"))) {
            return new Part.SummaryOfConversation();
        }
        throw malformed("another summary", "conversation", argument);
    }

    private Condition condition(YamlValue when) {
        var members = members(when, "app, language, present, absent");
        var condition =
                new Condition(
                        words(members.remove("app"), Function.identity()),
                        words(members.remove("language"), Language::code),
                        words(members.remove("present"), Function.identity()),
                        words(members.remove("absent"), Function.identity()));
        if (!members.isEmpty()) {
            var unknown = members.entrySet().iterator().next();
            throw malformed(unknown.getKey(), "app, language, present, absent", unknown.getValue());
        }
        return condition;
    }

    /** One word or several; numbers are words, too, so that the app 4 and the app "4" are one. */
    private List<String> words(@Nullable YamlValue value, Function<String, String> meant) {
        if (value == null) {
            return List.of();
        }
        var words = value instanceof YamlValue.Listing listing ? listing.items() : List.of(value);
        return words.stream().map(this::word).map(meant).toList();
    }

    private String word(YamlValue value) {
        return switch (value) {
            case YamlValue.Text text when !text.isEmpty() -> text.text();
            case YamlValue.Plain plain when !plain.isNull() -> plain.written();
            default -> throw malformed("something else", "a word", value);
        };
    }

    private YamlValue.Text line(YamlValue value) {
        if (value instanceof YamlValue.Text text && !text.isEmpty()) {
            return text;
        }
        throw malformed("something else", "a text", value);
    }

    private Map<String, YamlValue> members(YamlValue value, String expected) {
        if (!(value instanceof YamlValue.Mapping mapping) || mapping.isEmpty()) {
            throw malformed("something else", expected, value);
        }
        var members = new LinkedHashMap<String, YamlValue>();
        mapping.entries().forEach(each -> members.put(each.key(), each.value()));
        return members;
    }

    private Template template(YamlValue.Text text) {
        var template = Template.of(text.text());
        sources.put(template, text);
        return template;
    }

    private MalformedYaml malformed(String found, String expected, YamlValue where) {
        return new MalformedYaml(found + " (expected: " + expected + ")", document.placeOf(where));
    }
}
