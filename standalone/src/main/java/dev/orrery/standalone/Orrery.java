package dev.orrery.standalone;

import dev.orrery.embedded.EmbeddedServers;
import dev.orrery.embedded.ServerOptions;
import dev.orrery.embedded.postgres.Durability;
import dev.orrery.embedded.postgres.EmbeddedDatabase;
import dev.orrery.pipeline.database.Migrations;
import dev.orrery.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A whole installation: stores first, then the outside world, then the apps from the end of the
 * chain, the door last; and back in the reverse order. Everything but memory is in one folder, and
 * survives being killed.
 */
final class Orrery implements AutoCloseable {

    private final Settings settings;
    private final Secrets secrets;
    private final StartProgress progress;
    private final DemoFile demoFile;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, String> demo = new LinkedHashMap<>();
    private @Nullable Simulator simulator;

    private Orrery(Settings settings, Secrets secrets, StartProgress progress) {
        this.settings = settings;
        this.secrets = secrets;
        this.progress = progress;
        this.demoFile = new DemoFile(settings.data().resolve("demo.env"));
    }

    /**
     * Starts everything; blocks until the door is open, usually for less than a minute.
     *
     * @throws dev.orrery.embedded.host.StartFailed when a part does not start, with what it said;
     *     nothing is left running
     * @throws StartStopped when it was asked to stop meanwhile; nothing is left running either
     */
    static Orrery start(Settings settings, Clock clock, StartProgress progress) throws Exception {
        Files.createDirectories(settings.data().resolve("log"));
        logTo(settings.data().resolve("log").resolve("orrery.log"));
        var orrery =
                new Orrery(
                        settings,
                        Secrets.in(settings.data().resolve("jwt.secret"), clock),
                        progress);
        try {
            orrery.start();
            return orrery;
        } catch (Exception failure) {
            orrery.close();
            throw failure;
        }
    }

    /**
     * The console belongs to the progress lines. Told to Logback by properties, because the servers
     * log before any app could configure it; begun here, because they start side by side, and SLF4J
     * warns of whoever logs while another one begins it.
     */
    private static void logTo(Path file) {
        System.setProperty("orrery.log", file.toString());
        System.setProperty("logback.configurationFile", "standalone-logback.xml");
        LoggerFactory.getILoggerFactory();
    }

    private void start() throws Exception {
        var ports = settings.ports();
        ports.requireFree();
        progress.say("Starting Orrery in " + settings.data());
        var servers =
                started(
                        EmbeddedServers.start(
                                new ServerOptions(
                                        settings.data(),
                                        ports.kafka(),
                                        ports.postgres(),
                                        ports.redis(),
                                        ports.registry(),
                                        Durability.DURABLE),
                                part -> progress.ready(part.part(), part.took())));
        // The folder is ours from here on; what a killed run left must not promise what is not
        // there.
        demoFile.remove();
        var database = servers.database();
        progress.step("migrations", () -> migrated(database));
        var outsideWorld =
                started(progress.step("simulator", () -> Simulator.start(ports.simulator())));
        simulator = outsideWorld;
        progress.say("  simulated: " + String.join(", ", StandIns.of(settings.environment())));
        var environment = environment(servers, outsideWorld);
        started(Apps.start(ports, environment, progress));
        var door = URI.create("http://127.0.0.1:" + ports.edge());
        progress.step("demo data", () -> welcomed(new DemoPeople(door, secrets)));
        demo.putAll(demoVariables(door, environment, database));
        demoFile.write(demo);
    }

    private boolean migrated(EmbeddedDatabase database) throws SQLException, IOException {
        Migrations.migrate(database.jdbcUrl(), database.superuser(), "");
        new DemoBots(settings.demoModel(), settings.demoToolsModel(), settings.demoFallbackModel())
                .install(database.jdbcUrl(), database.superuser());
        return true;
    }

    private static boolean welcomed(DemoPeople people) throws IOException, InterruptedException {
        people.welcome();
        return true;
    }

    /**
     * What the apps find in their environment; the simulator stands in for every service that has
     * no key.
     */
    private Map<String, String> environment(EmbeddedServers servers, Simulator outsideWorld) {
        var environment = new TreeMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers.kafka().bootstrapServers());
        environment.put("SCHEMA_REGISTRY_URL", servers.registry().url());
        environment.put("DATABASE_URL", servers.database().url());
        environment.put("REDIS_URL", servers.redis().url());
        environment.put("ORRERY_JWT_SECRET", secrets.jwtSecret());
        environment.put("ORRERY_GATEWAY_KEY", secrets.jwtSecret());
        environment.put("ORRERY_GATEWAY_URL", gateway());
        environment.put("ORRERY_FACTS_URL", enrichment());
        // Calls of the gateway may name servers on this machine, for trying things out.
        environment.put("orrery.llm.http.private-addresses", "allowed");
        environment.put("orrery.kafka.partitions", "3");
        environment.putAll(StandIns.variables(settings.environment(), outsideWorld));
        return environment;
    }

    private String gateway() {
        return "http://127.0.0.1:" + settings.ports().llm();
    }

    private String enrichment() {
        return "http://127.0.0.1:" + settings.ports().enrichment();
    }

    private Map<String, String> demoVariables(
            URI door, Map<String, String> environment, EmbeddedDatabase database) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("ORRERY_URL", door.toString());
        variables.put("ORRERY_USER_TOKEN", secrets.token(DemoPeople.USER, "chat"));
        variables.put("ORRERY_ADMIN_TOKEN", secrets.token(DemoPeople.ADMIN, "chat admin"));
        variables.put("ORRERY_GATEWAY_URL", gateway());
        variables.put("ORRERY_GATEWAY_TOKEN", secrets.serviceToken("orrery-demo"));
        variables.put("ORRERY_ASTROLOGY_URL", enrichment() + "/astrology/v1");
        variables.put("KAFKA_BOOTSTRAP_SERVERS", environment.get("KAFKA_BOOTSTRAP_SERVERS"));
        variables.put("SCHEMA_REGISTRY_URL", environment.get("SCHEMA_REGISTRY_URL"));
        variables.put(
                "DATABASE_URL", database.url().replace("://", "://" + database.superuser() + "@"));
        variables.put("REDIS_URL", environment.get("REDIS_URL"));
        return variables;
    }

    /** The outside world that stands in for providers; tests script its faults. */
    Simulator simulator() {
        return Objects.requireNonNull(simulator, "BUG: asked for before the start was over");
    }

    /** A variable of {@code demo.env}. */
    String demo(String name) {
        return Objects.requireNonNull(demo.get(name), () -> "BUG: no " + name + " in demo.env");
    }

    /** What to do next, ready to be pasted. */
    String welcome() {
        var models =
                settings.hasOpenAiKey()
                        ? "Replies come from the configured OpenAI-compatible server."
                        : "Replies are simulated; set OPENAI_API_KEY (and OPENAI_BASE_URL) to talk to a real model.";
        return """

        Orrery is up at %1$s. %2$s

        In another terminal:

          ./orrery chat%4$s

        or by hand:

          . %3$s
          SESSION=$(curl -s "$ORRERY_URL/v1/sessions" -H "Authorization: Bearer $ORRERY_USER_TOKEN" \\
            -H 'Content-Type: application/json' -d '{"bot":"astrologer-mira"}' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
          curl -N "$ORRERY_URL/v1/sessions/$SESSION/messages" -H "Authorization: Bearer $ORRERY_USER_TOKEN" \\
            -H 'Content-Type: application/json' -H 'Accept: text/event-stream' \\
            -d '{"text":"What does this week hold for me?"}'

        Ctrl-C stops it.
        """
                .formatted(
                        demo("ORRERY_URL"),
                        models,
                        demoFile.path(),
                        settings.hasUsualPlace() ? "" : " --env " + demoFile.path());
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    /**
     * Stops what was started, last first. A part that cannot be stopped does not keep the others
     * running.
     */
    @Override
    public void close() throws Exception {
        if (!demo.isEmpty()) {
            started.push(demoFile::remove);
            demo.clear();
        }
        Exception first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
