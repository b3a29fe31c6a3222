package dev.orrery.pipeline.prompt.document;

import dev.orrery.pipeline.prompt.template.Template;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Variable;
import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import dev.orrery.pipeline.prompt.yaml.Place;
import dev.orrery.pipeline.prompt.yaml.YamlReader;
import dev.orrery.pipeline.prompt.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An author's document, YAML or JSON, compiled once. Its top-level keys are the sections of the
 * prompt, written in their order; texts within are templates, rendered before anything is written.
 * A mapping whose keys begin with {@code $} asks for something:
 *
 * <ul>
 *   <li>{@code $value} with {@code $when: {app, language, present, absent}}: the value, where all
 *       of it holds and there is something to say; {@code $when} may stand beside the others too
 *   <li>{@code $role: guide.}: who the model is, with the bot's name and sex
 *   <li>{@code $language: standard}, or <code>{default: …, "4": {HINDI: …}}</code>
 *   <li>{@code $length: standard}, or <code>{short: …, medium: …, long: …}</code>
 *   <li>{@code $daily_context: user} or {@code bot}: date, time and day in that zone
 *   <li>{@code $fact: birth_chart}: external data of a kind
 *   <li>{@code $memories: all}, or how many
 *   <li>{@code $summary: conversation}: what was said before the history, summed up
 * </ul>
 *
 * <p>Immutable; safe to share between threads.
 */
public final class PromptDocument {

    /** A section as a scene shows it. */
    public record Section(String title, String text) {}

    /** A text of the document that is a template, and where it begins. */
    public record Leaf(String text, Template template, Place place) {}

    private final List<Part.Mapping.Member> sections;
    private final List<Leaf> leaves;
    private final List<Part> parts;
    private final int length;
    private final int bytes;

    private PromptDocument(List<Part.Mapping.Member> sections, List<Leaf> leaves, String source) {
        this.sections = sections;
        this.leaves = leaves;
        this.parts =
                sections.stream()
                        .map(Part.Mapping.Member::part)
                        .flatMap(PromptDocument::all)
                        .toList();
        this.length = source.length();
        this.bytes = source.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Compiles a document; fails with {@link MalformedYaml}. */
    public static PromptDocument of(String source) {
        var document = YamlReader.read(source);
        if (!(document.root() instanceof YamlValue.Mapping root)) {
            throw new MalformedYaml(
                    "no sections (expected: a mapping of titles to what they say)", Place.START);
        }
        var compiler = new DocumentCompiler(document);
        var sections = new ArrayList<Part.Mapping.Member>();
        for (var entry : root.entries()) {
            if (Directive.isMeant(entry.key())) {
                throw new MalformedYaml(
                        entry.key() + " as a title (expected: within a section)",
                        document.placeOf(entry.value()));
            }
            sections.add(new Part.Mapping.Member(entry.key(), compiler.part(entry.value())));
        }
        var leaves =
                compiler.sources().entrySet().stream()
                        .map(each ->
                                new Leaf(
                                        each.getValue().text(),
                                        each.getKey(),
                                        document.placeOf(each.getValue())))
                        .sorted(Comparator.comparing(Leaf::place))
                        .toList();
        return new PromptDocument(List.copyOf(sections), leaves, source);
    }

    /** The document as this scene shows it; empty when no section is shown. */
    public String render(Scene scene) {
        var entries = shown(scene);
        return entries.isEmpty() ? "" : scene.rules().style().write(new YamlValue.Mapping(entries));
    }

    /** The sections that this scene shows; their texts, one after the other, are the rendering. */
    public List<Section> sections(Scene scene) {
        var style = scene.rules().style();
        return shown(scene).stream()
                .map(each ->
                        new Section(each.key(), style.write(new YamlValue.Mapping(List.of(each)))))
                .toList();
    }

    private List<YamlValue.Entry> shown(Scene scene) {
        var entries = new ArrayList<YamlValue.Entry>();
        for (var section : sections) {
            var value = section.part().in(scene);
            if (value != null && isShown(section.part(), value)) {
                entries.add(new YamlValue.Entry(section.key(), value));
            }
        }
        return entries;
    }

    /** A section that comes out empty is left out, unless its author wrote just that. */
    private static boolean isShown(Part part, YamlValue value) {
        boolean asWritten =
                part instanceof Part.Fixed
                        && (value instanceof YamlValue.Text || value instanceof YamlValue.Plain);
        return asWritten || !value.isEmpty();
    }

    /** The distinct names between braces, in the order of the document. */
    public List<String> names() {
        return leaves.stream()
                .flatMap(leaf -> leaf.template().names().stream())
                .distinct()
                .toList();
    }

    /** All texts that are templates, in the order of the document. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** Whether it shows memories, in some scene. */
    public boolean wantsMemories() {
        return parts.stream()
                .anyMatch(part ->
                        switch (part) {
                            case Part.Memories ignored -> true;
                            case Part.Conditional conditional ->
                                    conditional.condition().present().contains(Condition.MEMORIES)
                                            || conditional
                                                    .condition()
                                                    .absent()
                                                    .contains(Condition.MEMORIES);
                            default -> false;
                        });
    }

    /** Whether it shows a summary of the conversation, or asks for one, in some scene. */
    public boolean wantsSummary() {
        var name = Variable.CONVERSATION_SUMMARY.wireName();
        return names().contains(name)
                || parts.stream()
                        .anyMatch(part ->
                                switch (part) {
                                    case Part.SummaryOfConversation ignored -> true;
                                    case Part.Conditional conditional ->
                                            conditional.condition().present().contains(name)
                                                    || conditional
                                                            .condition()
                                                            .absent()
                                                            .contains(name);
                                    default -> false;
                                });
    }

    /** The kinds of external data it shows by {@code $fact}, in some scene. */
    public List<String> factKinds() {
        return parts.stream()
                .flatMap(part ->
                        part instanceof Part.FactOf fact ? Stream.of(fact.kind()) : Stream.empty())
                .distinct()
                .toList();
    }

    /** The languages it speaks of, as their codes. */
    public List<String> languages() {
        return parts.stream()
                .flatMap(part ->
                        switch (part) {
                            case Part.ByLanguage texts ->
                                    texts.texts().byApp().values().stream()
                                            .flatMap(each -> each.keySet().stream());
                            case Part.Conditional conditional ->
                                    conditional.condition().languages().stream();
                            default -> Stream.<String>empty();
                        })
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Part> all(Part part) {
        var within =
                switch (part) {
                    case Part.Listing listing -> listing.items().stream();
                    case Part.Mapping mapping ->
                            mapping.members().stream().map(Part.Mapping.Member::part);
                    case Part.Conditional conditional -> Stream.of(conditional.part());
                    default -> Stream.<Part>empty();
                };
        return Stream.concat(Stream.of(part), within.flatMap(PromptDocument::all));
    }

    /** Length of the document's own text in UTF-16 units. */
    public int length() {
        return length;
    }

    /** Length of the document's own text in UTF-8 bytes. */
    public int bytes() {
        return bytes;
    }
}
