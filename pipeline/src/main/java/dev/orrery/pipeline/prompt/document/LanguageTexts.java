package dev.orrery.pipeline.prompt.document;

import dev.orrery.pipeline.prompt.template.Template;
import dev.orrery.pipeline.prompt.variables.Scene;
import java.util.Map;

/**
 * What a prompt says about the language of the answer, by app and language.
 *
 * @param otherwise for every app and language without a text
 * @param byApp texts by app id and then by the code of the language
 */
record LanguageTexts(Template otherwise, Map<String, Map<String, Template>> byApp) {

    private static final Template ROMAN_HINDI =
            Template.of("Modern, everyday Hindi in Roman letters; no Devanagari.");

    /** The only app that has texts of its own. */
    private static final String APP = "4";

    static final LanguageTexts STANDARD =
            new LanguageTexts(
                    ROMAN_HINDI,
                    Map.of(
                            APP,
                            Map.of(
                                    Language.HINDI.name(),
                                    Template.of(
                                            "Modern, everyday Hindi in Devanagari; no English letters."),
                                    Language.HINGLISH.name(),
                                    ROMAN_HINDI,
                                    Language.ENGLISH.name(),
                                    Template.of(
                                            "Modern, everyday English in Roman letters; no Devanagari."))));

    Template in(Scene scene) {
        var texts = byApp.getOrDefault(scene.app(), Map.of());
        return texts.getOrDefault(Language.code(scene.profile().text("language")), otherwise);
    }
}
