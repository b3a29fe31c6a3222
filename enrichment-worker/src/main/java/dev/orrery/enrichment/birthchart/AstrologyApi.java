package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.http.JsonClient;
import dev.orrery.enrichment.source.SourceFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * AstrologyAPI.com, or a service of its shape: HTTP Basic, one POST per table, and a refusal may
 * come with status 200 as {@code {"status": false}}.
 */
final class AstrologyApi implements ChartService {

    private final String name;
    private final JsonClient client;

    AstrologyApi(AstrologySettings settings, Clock clock, MeterRegistry meters) {
        this.name = settings.service();
        var account = settings.userId().strip() + ":" + settings.apiKey().strip();
        var basic = Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
        this.client =
                new JsonClient(
                        "astrology",
                        settings.url(),
                        Map.of("Authorization", "Basic " + basic, "Accept-Language", "en"),
                        settings.http(),
                        clock,
                        meters);
    }

    @Override
    public String name() {
        return name;
    }

    /** The tables are asked at the same time; when one fails, the others are given up. */
    @Override
    public Mono<JsonNode> chart(BirthQuestion birth) {
        var request = request(birth);
        return Mono.zip(
                        table("/astro_details", request),
                        table("/planets", request),
                        table("/current_vdasha", request))
                .map(tables -> ChartService.merged(tables.getT1(), tables.getT2(), tables.getT3()));
    }

    private Mono<JsonNode> table(String path, ObjectNode request) {
        return client.post(path, request).doOnNext(answer -> requireAccepted(path, answer));
    }

    private static void requireAccepted(String path, JsonNode answer) {
        var status = answer.path("status");
        if (status.isBoolean() && !status.booleanValue()) {
            throw new SourceFailure.InvalidAnswer(path + ": status false (expected: a table)");
        }
    }

    /** The service knows no seconds. */
    private static ObjectNode request(BirthQuestion birth) {
        var local = birth.local().plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
        return JsonNodeFactory.instance
                .objectNode()
                .put("day", local.getDayOfMonth())
                .put("month", local.getMonthValue())
                .put("year", local.getYear())
                .put("hour", local.getHour())
                .put("min", local.getMinute())
                .put("lat", birth.latitude())
                .put("lon", birth.longitude())
                .put("tzone", birth.utcOffset());
    }

    @Override
    public void close() {
        client.close();
    }
}
