package dev.orrery.standalone;

import dev.orrery.tools.door.Door;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** A whole installation in this JVM, on a folder of its own, and whoever talks to it. */
final class RunningOrrery implements AutoCloseable {

    private static final int FIRST_PORT = 21_080;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final Path data;
    private final Orrery orrery;
    private final Secrets secrets;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningOrrery(Path data, Orrery orrery, Secrets secrets) {
        this.data = data;
        this.orrery = orrery;
        this.secrets = secrets;
    }

    static RunningOrrery start() {
        try {
            var data = Files.createTempDirectory("orrery-");
            var orrery =
                    Orrery.start(
                            new Settings(data, new PortRange(FIRST_PORT), Map.of()),
                            Clock.systemUTC(),
                            new StartProgress(
                                    new PrintStream(PrintStream.nullOutputStream()), true));
            return new RunningOrrery(
                    data, orrery, Secrets.in(data.resolve("jwt.secret"), Clock.systemUTC()));
        } catch (Exception failure) {
            throw new IllegalStateException("Orrery did not start", failure);
        }
    }

    /** A line of {@code demo.env}. */
    String demo(String name) {
        return orrery.demo(name);
    }

    private URI door() {
        return URI.create(demo("ORRERY_URL"));
    }

    /** Somebody new with so much money. */
    Person person(long micros) throws IOException, InterruptedException {
        return Person.with(door(), secrets, "asha-" + UUID.randomUUID(), micros);
    }

    /** Somebody new with so much money, who talks to this bot. */
    Person person(long micros, DemoBot bot) throws IOException, InterruptedException {
        return Person.with(door(), secrets, "asha-" + UUID.randomUUID(), micros, bot);
    }

    /** The door, as an administrator opens it. */
    Door admin() {
        return new Door(door(), secrets.token("admin", "admin"));
    }

    /** A reader of topics that has none of our classes. */
    WireReader topics() {
        return new WireReader(demo("KAFKA_BOOTSTRAP_SERVERS"), demo("SCHEMA_REGISTRY_URL"));
    }

    /**
     * Posts JSON and returns the body of the answer.
     *
     * @param headers name, value, name, value
     */
    String post(String url, String json, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .headers("Content-Type", "application/json")
                        .timeout(LONGEST_ANSWER)
                        .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws Exception {
        client.close();
        orrery.close();
        FileSystemUtils.deleteRecursively(data);
    }
}
