package dev.orrery.simulator;

import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.http.SimulatedService;
import dev.orrery.simulator.http.SimulatorServer;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outside world in one HTTP server on loopback: every provider of chat models,
 * AstrologyAPI.com, Open-Meteo and Frankfurter. Each has a base path and a ledger of its own.
 *
 * <p>May be used on any thread. Whoever starts it closes it; closing cuts what is open.
 */
public final class Simulator implements AutoCloseable {

    private final Map<String, SimulatedService> services = new LinkedHashMap<>();

    private final SimulatorServer server;

    private Simulator(int port, Clock clock) {
        for (Stand stand : Stand.ALL) {
            services.put(
                    stand.code(),
                    new SimulatedService(
                            stand.base(), stand.provider().apply(clock), stand.standard(), clock));
        }
        this.server = new SimulatorServer(port, List.copyOf(services.values()));
    }

    /**
     * Starts on 127.0.0.1 and returns once it serves.
     *
     * @param port 0 for any that is free
     * @throws reactor.netty.ChannelBindException if the port is taken
     */
    public static Simulator start(int port) {
        return start(port, Clock.systemUTC());
    }

    /**
     * The same with another idea of now, which decides on running dashas and on the dates in
     * answers.
     */
    public static Simulator start(int port, Clock clock) {
        return new Simulator(port, clock);
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /**
     * What a client takes for the base URL of a service: what it appends {@code /chat/completions},
     * {@code /messages}, {@code /models/…} or {@code /model/…} to; the route itself for {@code
     * ai-sdk}.
     *
     * @param service {@code openai}, {@code anthropic}, {@code gemini}, {@code bedrock}, {@code
     *     groq}, {@code byteplus}, {@code openrouter}, {@code mistral}, {@code ai-sdk}, {@code
     *     astrology}, {@code weather} or {@code exchange-rates}
     */
    public String url(String service) {
        return Stand.ALL.stream()
                .filter(stand -> stand.code().equals(service))
                .map(stand -> url() + stand.base() + stand.route())
                .findFirst()
                .orElseThrow(() -> unknown(service));
    }

    public int port() {
        return server.port();
    }

    /**
     * One of the services. Targets of a provider are models; with Bedrock a region stands before
     * the model if it stands in the URL.
     *
     * @param service as in {@link #url(String)}
     */
    public SimulatedService service(String service) {
        SimulatedService found = services.get(service);
        if (found == null) {
            throw unknown(service);
        }
        return found;
    }

    private static IllegalArgumentException unknown(String service) {
        return new IllegalArgumentException(
                "service: " + service + " (expected: one of " + codes() + ")");
    }

    /** The services there are. */
    public static List<String> codes() {
        return Stand.ALL.stream().map(Stand::code).toList();
    }

    /** Chat completions of OpenAI. Targets are models. */
    public SimulatedService openai() {
        return service("openai");
    }

    /** Birth charts. Targets are endpoints, e.g. {@code planets} or {@code horo_chart/D9}. */
    public SimulatedService astrology() {
        return service("astrology");
    }

    /** The weather. The target is {@code forecast}. */
    public SimulatedService weather() {
        return service("weather");
    }

    /** Exchange rates. Targets are {@code rates} and {@code rate}. */
    public SimulatedService exchangeRates() {
        return service("exchange-rates");
    }

    /** The calls of all services that are still kept, oldest first. */
    public List<Call> calls() {
        return services.values().stream()
                .flatMap(service -> service.calls().all().stream())
                .sorted(Comparator.comparing(Call::at))
                .toList();
    }

    /** Takes back every script and forgets every call. */
    public void reset() {
        services.values().forEach(SimulatedService::reset);
    }

    @Override
    public void close() {
        server.close();
    }
}
