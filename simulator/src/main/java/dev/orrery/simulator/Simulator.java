package dev.orrery.simulator;

import dev.orrery.simulator.astrology.AstrologyApi;
import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.http.SimulatedService;
import dev.orrery.simulator.http.SimulatorServer;
import dev.orrery.simulator.openai.OpenAi;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The outside world in one HTTP server on loopback: an OpenAI-compatible provider under {@value
 * #OPENAI} and AstrologyAPI.com under {@value #ASTROLOGY}.
 *
 * <p>May be used on any thread. Whoever starts it closes it; closing cuts what is open.
 */
public final class Simulator implements AutoCloseable {

    private static final String OPENAI = "/openai/v1";

    private static final String ASTROLOGY = "/astrology/v1";

    private final SimulatedService openai;

    private final SimulatedService astrology;

    private final SimulatorServer server;

    private Simulator(int port, Clock clock) {
        this.openai = new SimulatedService(OPENAI, new OpenAi(clock), OpenAi.HEALTHY, clock);
        this.astrology =
                new SimulatedService(
                        ASTROLOGY, new AstrologyApi(clock), AstrologyApi.HEALTHY, clock);
        this.server = new SimulatorServer(port, List.of(openai, astrology));
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

    public int port() {
        return server.port();
    }

    /** Chat completions. Targets are models. */
    public SimulatedService openai() {
        return openai;
    }

    /** Birth charts. Targets are endpoints, e.g. {@code planets} or {@code horo_chart/D9}. */
    public SimulatedService astrology() {
        return astrology;
    }

    /** The calls of all services that are still kept, oldest first. */
    public List<Call> calls() {
        return Stream.of(openai, astrology)
                .flatMap(service -> service.calls().all().stream())
                .sorted(Comparator.comparing(Call::at))
                .toList();
    }

    /** Takes back every script and forgets every call. */
    public void reset() {
        openai.reset();
        astrology.reset();
    }

    @Override
    public void close() {
        server.close();
    }
}
