package dev.orrery.pipeline.fallback;

import org.jspecify.annotations.Nullable;

/**
 * What a configuration says about regions. It matters to the steps of providers that have a {@link
 * RegionTable}, and to no other.
 *
 * @param stated whether there is a configuration that could have said something; without one, steps
 *     have the region they state themselves, or none
 * @param name the region the configuration names, null for none
 * @param everywhere whether the primary is to be tried in all its regions before anything else is
 * @param country of the user, two letters of ISO 3166, null when it is not known; decides the first
 *     region where the configuration names none
 */
public record RegionWish(
        boolean stated, @Nullable String name, boolean everywhere, @Nullable String country) {

    /** Nothing was said. */
    public static final RegionWish NONE = new RegionWish(false, null, false, null);

    /** One region: the named one, else the provider's default. */
    public static RegionWish one(@Nullable String name) {
        return new RegionWish(true, name, false, null);
    }

    /** The named region first, else the one of the country, else the default; then the others. */
    public static RegionWish all(@Nullable String name, @Nullable String country) {
        return new RegionWish(true, name, true, country);
    }

    RegionWish from(@Nullable String otherCountry) {
        return new RegionWish(stated, name, everywhere, otherCountry);
    }
}
