package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.source.SourceFailure;
import tools.jackson.databind.JsonNode;

/**
 * Of whom a profile tells. Each is a kind of its own, so that the two never take each other's
 * place.
 */
enum Whose {
    THE_USERS("birth_chart", "no_birth_details") {
        @Override
        JsonNode person(JsonNode profile) {
            return profile;
        }
    },
    THE_SECOND_ONES("second_birth_chart", "no_second_birth_details") {
        @Override
        JsonNode person(JsonNode profile) {
            return profile.path("second");
        }
    };

    private final String kind;
    private final String absence;

    Whose(String kind, String absence) {
        this.kind = kind;
        this.absence = absence;
    }

    abstract JsonNode person(JsonNode profile);

    /** Name of the facts about this person's chart. */
    String kind() {
        return kind;
    }

    /**
     * @throws SourceFailure.NotAskable when the profile tells of no birth, or of a place that
     *     nobody has found
     */
    JsonNode birth(JsonNode profile) {
        var birth = person(profile).path("birth");
        if (!birth.isObject()) {
            throw new SourceFailure.NotAskable(absence);
        }
        if (birth.hasNonNull("place") && !birth.has("resolved") && !isLocated(birth)) {
            throw new SourceFailure.NotAskable("place_not_resolved");
        }
        return birth;
    }

    private static boolean isLocated(JsonNode birth) {
        return birth.hasNonNull("latitude")
                && birth.hasNonNull("longitude")
                && birth.hasNonNull("utc_offset");
    }
}
