package dev.orrery.enrichment.birthchart;

import java.util.Locale;

/** The levels of the Vimshottari periods, longest first. */
enum DashaLevel {
    MAJOR,
    MINOR,
    SUB_MINOR,
    SUB_SUB_MINOR,
    SUB_SUB_SUB_MINOR;

    /** Name in the service's answer, and in ours. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
