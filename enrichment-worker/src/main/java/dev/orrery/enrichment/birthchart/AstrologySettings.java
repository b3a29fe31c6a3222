package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.http.BaseUrl;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The astrology service.
 *
 * @param baseUrl http or https, without query; absent or empty means AstrologyAPI.com's own
 * @param userId of the account; blank means that this installation has none
 * @param apiKey of the account, secret; blank means that this installation has none
 * @param plainHttp whether the account's key and births may be sent over {@code http://}, beyond
 *     this machine
 * @param patience for one chart: three calls at the same time, and another try of each
 * @param maxStale how long after the end of a period a chart may stand in for one that cannot be
 *     had; its positions never change
 * @param dashaLevels how many levels of periods a chart shows, 2 to 5; the deepest one shown says
 *     how long a chart is fresh, and level 5 lasts hours
 * @param http bounds of the connections
 */
@ConfigurationProperties("orrery.astrology")
public record AstrologySettings(
        @Nullable URI baseUrl,
        @DefaultValue("") String userId,
        @DefaultValue("") String apiKey,
        @DefaultValue("refused") PlainHttp plainHttp,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("30d") Duration maxStale,
        @DefaultValue("2") int dashaLevels,
        @DefaultValue HttpSettings http) {

    private static final URI ORIGINAL = URI.create("https://json.astrologyapi.com/v1");

    public AstrologySettings {
        baseUrl = BaseUrl.of("orrery.astrology.base-url", baseUrl, ORIGINAL, plainHttp);
        if (dashaLevels < BirthChart.FEWEST_DASHAS || dashaLevels > DashaLevel.values().length) {
            throw new IllegalArgumentException(
                    "orrery.astrology.dasha-levels: " + dashaLevels + " (expected: 2 to 5)");
        }
    }

    /** Where the service is. */
    URI url() {
        return baseUrl == null ? ORIGINAL : baseUrl;
    }

    /** Tells it from every other one. */
    String service() {
        return BaseUrl.name(url());
    }

    boolean isConfigured() {
        return !userId.isBlank() && !apiKey.isBlank();
    }

    /** A period that is over is not called current while the service can be asked. */
    SourceLimits limits() {
        return SourceLimits.strict(patience, maxStale);
    }

    /** Says nothing of the account. */
    @Override
    public String toString() {
        return "AstrologySettings[" + url() + "]";
    }
}
