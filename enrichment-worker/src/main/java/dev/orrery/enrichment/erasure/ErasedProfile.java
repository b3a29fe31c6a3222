package dev.orrery.enrichment.erasure;

import dev.orrery.pipeline.profiles.Profile;

/**
 * A version of a profile that its user took back.
 *
 * @param old whether no cache can hold anything of it any more that was not forgotten
 */
record ErasedProfile(String user, int version, Profile profile, boolean old) {

    /** Nothing: it is personal data. */
    @Override
    public String toString() {
        return "ErasedProfile[]";
    }
}
