package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.source.Document;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The weather as it is kept.
 *
 * @param celsius temperature two metres above the ground, one decimal
 * @param windKilometresAnHour ten metres above the ground, one decimal
 * @param observedAt in the zone of the place
 * @param freshUntil when the service has a newer observation
 */
record Weather(
        Sky sky,
        BigDecimal celsius,
        BigDecimal windKilometresAnHour,
        OffsetDateTime observedAt,
        Instant freshUntil)
        implements Document {}
