package dev.orrery.pipeline.prompt;

import dev.orrery.pipeline.prompt.document.PromptDocument;
import dev.orrery.pipeline.prompt.template.Template;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.ArrayList;
import java.util.List;

/** The prompt of a revision, compiled. Immutable; safe to share between threads. */
public sealed interface Prompt {

    /**
     * Compiles a source.
     *
     * @throws dev.orrery.pipeline.prompt.yaml.MalformedYaml when a document cannot be used; every
     *     text is a template
     */
    static Prompt of(PromptKind kind, String source) {
        return switch (kind) {
            case TEMPLATE -> new OfTemplate(Template.of(source));
            case STRUCTURED -> new OfDocument(PromptDocument.of(source));
        };
    }

    /** The system instruction in this scene. Equal scenes give equal texts, byte for byte. */
    String render(Scene scene);

    /** The distinct names between braces; not all of them need to be known. */
    List<String> names();

    /** Whether a scene should bring the user's memories. */
    boolean wantsMemories();

    /** Whether a scene should bring a summary of what the history has no room for. */
    boolean wantsSummary();

    /** What the rendering is made of, with estimated tokens. */
    List<PromptSection> sections(Scene scene);

    /** Length of the source in UTF-16 units. */
    int length();

    /** Length of the source in UTF-8 bytes. */
    int bytes();

    /** Of kind {@link PromptKind#TEMPLATE}. */
    record OfTemplate(Template template) implements Prompt {

        /** What the author wrote themselves. */
        private static final String OWN_TEXT = "text";

        @Override
        public String render(Scene scene) {
            return template.render(scene);
        }

        @Override
        public List<String> names() {
            return template.names();
        }

        @Override
        public boolean wantsMemories() {
            return false;
        }

        @Override
        public boolean wantsSummary() {
            return template.names().contains(Variable.CONVERSATION_SUMMARY.wireName());
        }

        /** The author's own text, and each variable by its name. */
        @Override
        public List<PromptSection> sections(Scene scene) {
            var sections = new ArrayList<PromptSection>();
            sections.add(
                    new PromptSection(
                            OWN_TEXT,
                            PromptTokens.of(
                                    template.render(name -> scene.knows(name) ? "" : null))));
            for (var name : template.names()) {
                var value = scene.of(name);
                if (value != null) {
                    sections.add(new PromptSection(name, PromptTokens.of(value)));
                }
            }
            return sections;
        }

        @Override
        public int length() {
            return template.length();
        }

        @Override
        public int bytes() {
            return template.bytes();
        }
    }

    /** Of kind {@link PromptKind#STRUCTURED}. */
    record OfDocument(PromptDocument document) implements Prompt {

        @Override
        public String render(Scene scene) {
            return document.render(scene);
        }

        @Override
        public List<String> names() {
            return document.names();
        }

        @Override
        public boolean wantsMemories() {
            return document.wantsMemories();
        }

        @Override
        public boolean wantsSummary() {
            return document.wantsSummary();
        }

        /** The sections by their titles. */
        @Override
        public List<PromptSection> sections(Scene scene) {
            return document.sections(scene).stream()
                    .map(each -> new PromptSection(each.title(), PromptTokens.of(each.text())))
                    .toList();
        }

        @Override
        public int length() {
            return document.length();
        }

        @Override
        public int bytes() {
            return document.bytes();
        }
    }
}
