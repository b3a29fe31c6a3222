package dev.orrery.pipeline.prompt.lint;

import dev.orrery.pipeline.prompt.FittedPrompt;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptTokens;
import dev.orrery.pipeline.prompt.document.Language;
import dev.orrery.pipeline.prompt.document.PromptDocument;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import dev.orrery.pipeline.prompt.yaml.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a prompt for its author. Pure; a long document takes a second when nothing is compiled yet
 * and a fifth of one later, which is too long for an event loop.
 *
 * <p>Codes of errors: {@code malformed_document, unknown_variable, spaced_braces, unclosed_braces,
 * missing_required, unusable_custom_name, window_exceeded, token_limit_exceeded, turn_too_large};
 * of warnings: {@code unopened_braces, single_braces, unused_required, unknown_language,
 * unfenced_user_text, summary_not_shown, summary_not_made}.
 */
public final class PromptLint {

    private static final Comparator<Finding> IN_READING_ORDER =
            Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column);

    /** Who gets more reads them no longer. */
    private static final int MOST_FINDINGS = 200;

    private final String source;
    private final LintContext context;
    private final BraceLint braces;
    private final List<Finding> findings = new ArrayList<>();

    private PromptLint(String source, LintContext context) {
        this.source = source;
        this.context = context;
        this.braces = new BraceLint(source, context);
    }

    /** All findings, in the order of the source. */
    public static List<Finding> findings(PromptKind kind, String source, LintContext context) {
        var lint = new PromptLint(source, context);
        lint.checkSize();
        lint.checkCustomNames();
        try {
            lint.check(Prompt.of(kind, source));
        } catch (MalformedYaml malformed) {
            lint.findings.add(
                    Finding.error("malformed_document", malformed.problem(), malformed.place()));
        }
        return lint.findings.stream().sorted(IN_READING_ORDER).toList();
    }

    /** What the lint of a source cannot know: whether it fits into the turn it meets. */
    public static Optional<Finding> finding(FittedPrompt prompt) {
        return prompt.fits()
                ? Optional.empty()
                : Optional.of(Finding.error("turn_too_large", prompt.size(), Place.START));
    }

    private void check(Prompt prompt) {
        switch (prompt) {
            case Prompt.OfTemplate template -> {
                checkBraces(new PromptDocument.Leaf(source, template.template(), Place.START));
                checkUse(template.template().names(), List.of());
            }
            case Prompt.OfDocument of -> {
                of.document().leaves().forEach(this::checkBraces);
                checkUse(of.document().names(), of.document().factKinds());
                of.document().languages().forEach(this::checkLanguage);
            }
        }
        if (context.language() != null) {
            checkLanguage(context.language());
        }
        checkSummary(prompt.wantsSummary());
    }

    /** One without the other does nothing. */
    private void checkSummary(boolean isShown) {
        boolean isMade = context.options().summary().enabled();
        if (isMade && !isShown) {
            findings.add(
                    Finding.warning(
                            "summary_not_shown",
                            "metadata.summary has no effect (expected: {{conversation_summary}} or"
                                    + " $summary in the prompt)",
                            Place.START));
        }
        if (isShown && !isMade) {
            findings.add(
                    Finding.warning(
                            "summary_not_made",
                            "conversation_summary stays empty (expected: metadata.summary that is"
                                    + " enabled)",
                            Place.START));
        }
    }

    private void checkBraces(PromptDocument.Leaf leaf) {
        braces.findings(leaf)
                .limit(Math.max(0, MOST_FINDINGS - findings.size()))
                .forEach(findings::add);
    }

    private void checkUse(List<String> names, List<String> factKinds) {
        for (var required : context.options().requiredVariables()) {
            if (!names.contains(required)) {
                findings.add(
                        Finding.error(
                                "missing_required",
                                required + ": required, and not in the prompt",
                                Place.START));
            }
        }
        var used = new HashSet<>(names);
        for (var unused : unused(used, factKinds)) {
            findings.add(
                    Finding.warning(
                            "unused_required",
                            unused + ": the bot requires it, and the prompt does not speak of it",
                            Place.START));
        }
    }

    private List<String> unused(Set<String> names, List<String> factKinds) {
        var unused = new ArrayList<String>();
        for (var field : context.requiredFields()) {
            boolean spokenOf =
                    switch (field) {
                        case "name" -> names.contains("user_name");
                        case "gender" -> names.contains("user_gender");
                        case "birth" ->
                                names.contains("user_astro_data")
                                        || names.contains("user_age")
                                        || factKinds.contains("birth_chart");
                        default -> true; // no variable tells it
                    };
            if (!spokenOf) {
                unused.add(field);
            }
        }
        for (var kind : context.factKinds()) {
            boolean spokenOf =
                    factKinds.contains(kind)
                            || (kind.equals("birth_chart") && names.contains("user_astro_data"));
            if (!spokenOf) {
                unused.add(kind);
            }
        }
        return unused;
    }

    private void checkLanguage(String language) {
        if (Language.of(language).isEmpty()) {
            findings.add(
                    Finding.warning(
                            "unknown_language",
                            Finding.shown(language)
                                    + ": unknown language (expected: HINDI, HINGLISH or ENGLISH;"
                                    + " anything else is answered in the default)",
                            Place.START));
        }
    }

    private void checkCustomNames() {
        for (var name : context.botCustom()) {
            if (!CustomValues.isUsable(name)) {
                findings.add(
                        Finding.error(
                                "unusable_custom_name",
                                "custom."
                                        + Finding.shown(name)
                                        + " (expected: lower-case letters, digits and underscores,"
                                        + " and not the name of a variable)",
                                Place.START));
            }
        }
    }

    private void checkSize() {
        long tokens = PromptTokens.of(source);
        if (tokens > context.promptTokenLimit()) {
            findings.add(
                    Finding.error(
                            "token_limit_exceeded",
                            "about "
                                    + tokens
                                    + " tokens (expected: at most the revision's "
                                    + context.promptTokenLimit()
                                    + ")",
                            Place.START));
        }
        if (context.provider() == null || context.model() == null) {
            return;
        }
        var window = ModelWindows.of(context.provider(), context.model());
        if (window.isPresent() && tokens + context.maxOutputTokens() > window.getAsLong()) {
            findings.add(
                    Finding.error(
                            "window_exceeded",
                            "about "
                                    + tokens
                                    + " tokens and an answer of "
                                    + context.maxOutputTokens()
                                    + " (expected: together at most the model's "
                                    + window.getAsLong()
                                    + ")",
                            Place.START));
        }
    }
}
