package dev.orrery.pipeline.prompt.variables;

import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt says about one kind of external data: the data, the data with a warning, or that
 * there is none.
 */
enum FactText {
    BIRTH_CHART(
            "birth_chart",
            "The birth chart is not available.",
            "The user has not given birth details.");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * Absence codes of the enrichment worker that say the user never gave what would have to be
     * asked.
     */
    private static final String NOT_GIVEN_PREFIX = "no_";

    private final String kind;
    private final String unavailable;
    private final String notGiven;

    FactText(String kind, String unavailable, String notGiven) {
        this.kind = kind;
        this.unavailable = unavailable;
        this.notGiven = notGiven;
    }

    /** Never empty: a model that is told nothing invents something. */
    String in(List<Fact> facts) {
        return facts.stream()
                .filter(fact -> fact.getKind().equals(kind))
                .findFirst()
                .map(this::of)
                .orElse(unavailable);
    }

    /** What is there of this kind, with a warning when it is old; null when nothing is. */
    static @Nullable String known(String kind, List<Fact> facts) {
        for (var fact : facts) {
            if (fact.getKind().equals(kind)) {
                return known(fact);
            }
        }
        return null;
    }

    private static @Nullable String known(Fact fact) {
        var text = fact.getText();
        return text == null || fact.getState() != FactState.STALE
                ? text
                : text + warning(fact.getFetchedAt());
    }

    private String of(Fact fact) {
        var text = known(fact);
        if (text == null) {
            boolean askTheUser =
                    Objects.requireNonNullElse(fact.getAbsence(), "").startsWith(NOT_GIVEN_PREFIX);
            return askTheUser ? notGiven : unavailable;
        }
        return text;
    }

    private static String warning(@Nullable Instant fetchedAt) {
        var since =
                fetchedAt == null ? "" : " It was last confirmed on " + DAY.format(fetchedAt) + ".";
        return "\nThis data may be out of date." + since + "\n";
    }
}
