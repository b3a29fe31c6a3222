package dev.orrery.simulator;

import java.util.List;
import reactor.netty.ChannelBindException;

/** Runs the simulator alone, until it is stopped. */
public final class SimulatorCommand {

    private static final int DEFAULT_PORT = 8086;

    private static final int MAX_PORT = 65_535;

    private static final String USAGE =
            """
            Usage: simulator [--port N]

            Simulates every provider of chat models, AstrologyAPI.com, Open-Meteo and Frankfurter
            on 127.0.0.1.

              --port N   where to listen, 0 for any free port (%d)
              --help     show this text

            A script tells it what goes wrong: as model name, e.g. sim/50-tokens-20ms+cut-after-5,
            as astrology user id, or in the header x-simulator-script of any call.
            """
                    .formatted(DEFAULT_PORT);

    private static final String LOGGING = "logback.configurationFile";

    private static final String LOGGING_ALONE = "dev/orrery/simulator/alone-logback.xml";

    private SimulatorCommand() {}

    public static void main(String... arguments) throws InterruptedException {
        int port;
        try {
            port = port(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println("simulator: " + wrong.getMessage() + "\n\n" + USAGE);
            System.exit(2);
            return;
        }
        if (port < 0) {
            System.out.print(USAGE);
            return;
        }
        run(port);
    }

    private static void run(int port) throws InterruptedException {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, LOGGING_ALONE); // before the first logger is made
        }
        try {
            Simulator simulator = Simulator.start(port);
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-stop"));
            for (Stand stand : Stand.ALL) {
                System.out.printf("%-18s %s%n", stand.name() + ":", simulator.url(stand.code()));
            }
            Thread.currentThread().join();
        } catch (ChannelBindException taken) {
            System.err.println("simulator: port " + port + " is taken");
            System.exit(1);
        }
    }

    /** The port to listen on; −1 if only help is wanted. */
    static int port(List<String> arguments) {
        int port = DEFAULT_PORT;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--help", "-h" -> {
                    return -1;
                }
                case "--port" -> {
                    i++;
                    port = number(i < arguments.size() ? arguments.get(i) : "nothing");
                }
                default -> throw new IllegalArgumentException("unknown: " + arguments.get(i));
            }
        }
        return port;
    }

    private static int number(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= MAX_PORT) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "--port: " + text + " (expected: 0 to " + MAX_PORT + ")");
    }
}
