package dev.orrery.pipeline.prompt.lint;

import dev.orrery.pipeline.prompt.document.PromptDocument;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the braces of a prompt's texts: which variable is meant, and whether it belongs there. */
final class BraceLint {

    private final String source;
    private final List<String> known;
    private final boolean fenced;

    BraceLint(String source, LintContext context) {
        this.source = source;
        this.known = context.knownNames();
        this.fenced = context.options().values().fencesUserValues();
    }

    /** The findings of one text, in its order, each made when it is asked for. */
    Stream<Finding> findings(PromptDocument.Leaf leaf) {
        var braces = Braces.in(leaf.text());
        var places = new PlacesOfLeaf(source, leaf, braces);
        return braces.stream().flatMap(found -> finding(found, places).stream());
    }

    private Optional<Finding> finding(Braces.Found found, PlacesOfLeaf places) {
        return switch (found) {
            case Braces.Found.Placeholder each -> ofName(each, places);
            case Braces.Found.Unclosed each ->
                    Optional.of(
                            Finding.error(
                                    "unclosed_braces",
                                    "{{ without }} (expected: both in one line)",
                                    places.of(each)));
            case Braces.Found.Unopened each ->
                    Optional.of(
                            Finding.warning(
                                    "unopened_braces",
                                    "}} without {{ (is this meant as text?)",
                                    places.of(each)));
            case Braces.Found.Single each -> ofSingle(each, places);
        };
    }

    private Optional<Finding> ofSingle(Braces.Found.Single found, PlacesOfLeaf places) {
        if (!known.contains(found.name())) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.warning(
                        "single_braces",
                        found.written()
                                + ": is text (expected: {{"
                                + found.name()
                                + "}} for the variable)",
                        places.of(found)));
    }

    private Optional<Finding> ofName(Braces.Found.Placeholder found, PlacesOfLeaf places) {
        var name = found.name();
        if (known.contains(name)) {
            return ofTrust(found, places);
        }
        var meant = name.strip();
        return Optional.of(
                known.contains(meant)
                        ? Finding.error(
                                "spaced_braces",
                                Finding.shown(found.written())
                                        + ": blanks within the braces (expected: {{"
                                        + meant
                                        + "}})",
                                places.of(found))
                        : Finding.error(
                                "unknown_variable",
                                Finding.shown(found.written())
                                        + ": unknown variable ("
                                        + expected(meant)
                                        + ")",
                                places.of(found)));
    }

    private String expected(String meant) {
        return NearestName.to(meant, known)
                .map(nearest -> "did you mean {{" + nearest + "}}?")
                .orElse("expected: one of the variables");
    }

    /** Free text of users in the instruction of a model. */
    private Optional<Finding> ofTrust(Braces.Found.Placeholder found, PlacesOfLeaf places) {
        var name = found.name();
        boolean free =
                name.equals(Variable.USER_MESSAGE.wireName())
                        || name.equals(Variable.CONVERSATION_HISTORY.wireName())
                        || name.equals(Variable.CONVERSATION_SUMMARY.wireName());
        if (!free || fenced) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.warning(
                        "unfenced_user_text",
                        name
                                + ": what users write may pose as an instruction (expected:"
                                + " metadata.fence_user_values, or the messages alone)",
                        places.of(found)));
    }
}
