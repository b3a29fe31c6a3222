package dev.orrery.ingest.profiles;

import java.time.Instant;

/**
 * A profile as it is kept.
 *
 * @param version counted from 1
 * @param document JSON text
 */
record StoredProfile(int version, String document, Instant since) {

    /** Without the document, which is personal data. */
    @Override
    public String toString() {
        return "StoredProfile[version=" + version + "]";
    }
}
