package dev.orrery.enrichment.chartapi;

import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.ephemeris.Ephemeris;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The chart API on a port of its own, without an app around it. */
public final class ChartServer implements AutoCloseable {

    public static final ChartCalculator CALCULATOR = new ChartCalculator(Ephemeris.load());

    private final ChartApi api;
    private final DisposableServer server;

    public ChartServer(ChartApiSettings settings, Clock clock) {
        this.api = new ChartApi(settings, CALCULATOR, clock, new SimpleMeterRegistry());
        this.server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle(
                                new ReactorHttpHandlerAdapter(
                                        RouterFunctions.toHttpHandler(api.routes())))
                        .bindNow();
    }

    /** What a client takes for the service's base URL. */
    public String url() {
        return "http://127.0.0.1:" + server.port() + "/astrology/v1";
    }

    @Override
    public void close() {
        server.disposeNow();
        api.close();
    }
}
