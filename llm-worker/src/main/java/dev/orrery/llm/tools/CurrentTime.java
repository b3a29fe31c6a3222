package dev.orrery.llm.tools;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The date and the time, in the zone {@code time_zone} of the arguments, else in UTC. */
final class CurrentTime implements ToolSource {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ZONE = 64;

    private final Clock clock;

    CurrentTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<String> carryOut(Errand errand) {
        return Mono.fromCallable(
                () -> told(zone(errand.arguments().path("time_zone").asString(""))));
    }

    private static ZoneId zone(String name) {
        if (name.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            if (name.length() <= LONGEST_ZONE) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException unknown) {
            // told below
        }
        throw new ToolFailure(
                ToolFailure.Reason.BAD_ARGUMENTS,
                "time_zone: unknown (expected: a name like Asia/Kolkata)");
    }

    private String told(ZoneId zone) {
        var now = clock.instant().atZone(zone).truncatedTo(ChronoUnit.SECONDS);
        return JSON.createObjectNode()
                .put("now", now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
                .put("time_zone", zone.getId())
                .put(
                        "day_of_week",
                        now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .toString();
    }
}
