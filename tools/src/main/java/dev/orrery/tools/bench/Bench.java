package dev.orrery.tools.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./orrery bench}: floor and pipeline side by side in one run on one machine. Absolute
 * figures depend on the machine; the ratios are what the documents may quote.
 */
@Command(
        name = "bench",
        description =
                "Starts an Orrery of its own in a temporary folder and measures it against a plain Kafka floor.",
        mixinStandardHelpOptions = true,
        subcommands = BenchTemplates.class)
public final class Bench implements Callable<Integer> {

    private static final int[] CLIENTS = {1, 16, 64};

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Measured turns one after the other; half as many warm up (${DEFAULT-VALUE}).")
    private int rounds = 400;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each throughput run (${DEFAULT-VALUE}).")
    private int seconds = 15;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "Turns of 8 clients before anything is measured, until both sides' code is compiled (${DEFAULT-VALUE}).")
    private int warmUp = 60;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "First port of its range (${DEFAULT-VALUE}).")
    private int port = 18_080;

    @Override
    public Integer call() throws Exception {
        var jar =
                Path.of(
                        System.getProperty(
                                "orrery.standalone.jar", "standalone/target/standalone.jar"));
        say("starting Orrery in a folder of its own ...");
        try (var orrery = Installation.start(jar, port)) {
            var environment = orrery.environment();
            BenchBot.install(environment.get("DATABASE_URL"));
            var address = URI.create(environment.get("ORRERY_URL"));
            var people = new BenchPeople(address, orrery.signingKey());
            var turns = new Turns(address, people.welcome(CLIENTS[CLIENTS.length - 1]));

            say("warming up ...");
            turns.perSecond(8, Duration.ofSeconds(warmUp));
            say("four hops with plain Kafka clients ...");
            Latencies floor;
            try (var hops = new FourHops(environment.get("KAFKA_BOOTSTRAP_SERVERS"))) {
                hops.measure(rounds);
                floor = hops.measure(rounds * 2);
            }
            say("first token through all stages ...");
            turns.firstTokens(rounds / 2);
            var pipeline = turns.firstTokens(rounds);
            report(floor, pipeline);
            for (int clients : CLIENTS) {
                say("completed turns per second, " + clients + " clients ...");
                System.out.printf(
                        "| completed turns per second, %d clients | %.0f | | |%n",
                        clients, turns.perSecond(clients, Duration.ofSeconds(seconds)));
            }
        }
        return 0;
    }

    private static void report(Latencies floor, Latencies pipeline) {
        System.out.println("| | p50 ms | p90 ms | p99 ms |\n|---|---|---|---|");
        row("floor: plain client, four hops", floor);
        row("first token through all stages", pipeline);
        System.out.printf(
                "| ratio | %.2f | %.2f | %.2f |%n",
                pipeline.millisAt(50) / floor.millisAt(50),
                pipeline.millisAt(90) / floor.millisAt(90),
                pipeline.millisAt(99) / floor.millisAt(99));
    }

    private static void row(String name, Latencies latencies) {
        System.out.printf(
                "| %s (n=%d) | %.2f | %.2f | %.2f |%n",
                name,
                latencies.count(),
                latencies.millisAt(50),
                latencies.millisAt(90),
                latencies.millisAt(99));
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
