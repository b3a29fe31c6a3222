package dev.orrery.enrichment.chartapi;

import dev.orrery.enrichment.astrologyapi.AstrologyAnswers;
import dev.orrery.enrichment.astrologyapi.AstrologyRequest;
import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.chart.Division;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code /astrology/v1/…}: a birth goes in, its chart comes out. Requests are read on event loops;
 * charts are computed on threads of their own, as many as there are processors, and a bounded
 * number of births waits for them. Timer {@value #METER}, with the tags {@code table} and {@code
 * outcome}. Nothing of a birth is logged or kept.
 */
public final class ChartApi implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChartApi.class);

    private static final String METER = "orrery.chart.api";
    private static final String BASE = "/astrology/v1";

    /** What an endpoint makes of a chart, and of the moment asked about. */
    @FunctionalInterface
    private interface Table {
        JsonNode of(Chart chart, Instant at);
    }

    private static final Map<String, Table> TABLES =
            Map.of(
                    "planets", (chart, at) -> AstrologyAnswers.planets(chart),
                    "astro_details", (chart, at) -> AstrologyAnswers.astroDetails(chart),
                    "birth_details", (chart, at) -> AstrologyAnswers.birthDetails(chart),
                    "major_vdasha", (chart, at) -> AstrologyAnswers.majorVdasha(chart),
                    "current_vdasha", AstrologyAnswers::currentVdasha,
                    "manglik", (chart, at) -> AstrologyAnswers.manglik(chart),
                    "horo_chart/D1", (chart, at) -> AstrologyAnswers.horoChart(chart, Division.D1),
                    "horo_chart/D9", (chart, at) -> AstrologyAnswers.horoChart(chart, Division.D9));

    private final ChartCalculator calculator;
    private final Callers callers;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Scheduler processors;

    public ChartApi(
            ChartApiSettings settings,
            ChartCalculator calculator,
            Clock clock,
            MeterRegistry meters) {
        this.calculator = calculator;
        this.callers = new Callers(settings);
        this.clock = clock;
        this.meters = meters;
        int threads = Runtime.getRuntime().availableProcessors();
        this.processors =
                Schedulers.newBoundedElastic(
                        threads, Math.max(1, settings.mostWaiting() / threads), "charts");
    }

    public RouterFunction<ServerResponse> routes() {
        var routes = RouterFunctions.route();
        TABLES.forEach((name, table) ->
                routes.POST(BASE + "/" + name, request -> answer(request, name, table)));
        return routes.route(
                        RequestPredicates.path(BASE + "/**"),
                        request -> refused(Refusal.NO_ENDPOINT))
                .build();
    }

    private Mono<ServerResponse> answer(ServerRequest request, String name, Table table) {
        if (!callers.mayAsk(request.headers().asHttpHeaders())) {
            return refused(Refusal.NO_ACCOUNT);
        }
        long began = System.nanoTime();
        return SentBirth.of(request)
                .flatMap(asked -> computed(asked, table))
                .flatMap(answer -> json(200, answer))
                .onErrorResume(ChartApi::failed)
                .doOnSuccess(response -> record(name, response, began));
    }

    private Mono<JsonNode> computed(AstrologyRequest asked, Table table) {
        return Mono.fromCallable(() ->
                        table.of(
                                calculator.chart(asked.birth()),
                                asked.at().orElseGet(clock::instant)))
                .subscribeOn(processors);
    }

    private static Mono<ServerResponse> failed(Throwable failure) {
        var refusal = Refusal.of(failure);
        if (refusal != null) {
            return refused(refusal);
        }
        log.error("A chart met a defect", failure);
        return refused(new Refusal(500, "Something went wrong on our side"));
    }

    private static Mono<ServerResponse> refused(Refusal refusal) {
        return json(
                refusal.status(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", false)
                        .put("msg", refusal.message()));
    }

    private static Mono<ServerResponse> json(int status, JsonNode body) {
        var response =
                ServerResponse.status(status)
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore());
        return switch (status) {
            case 401 ->
                    response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"charts\"")
                            .bodyValue(body.toString());
            case 503 -> response.header(HttpHeaders.RETRY_AFTER, "1").bodyValue(body.toString());
            default -> response.bodyValue(body.toString());
        };
    }

    private void record(String table, ServerResponse response, long began) {
        meters.timer(
                        METER,
                        "table",
                        table,
                        "outcome",
                        Integer.toString(response.statusCode().value()))
                .record(Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() {
        processors.dispose();
    }
}
