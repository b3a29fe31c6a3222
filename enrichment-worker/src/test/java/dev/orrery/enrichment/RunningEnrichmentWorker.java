package dev.orrery.enrichment;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.simulator.Simulator;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The app as a whole, told nothing but its environment: real broker, registry, PostgreSQL and
 * Redis, and a simulated service.
 */
final class RunningEnrichmentWorker implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final String GATEWAY_KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";

    private final Simulator simulator = Simulator.start(0);
    private final FactsDatabase database = new FactsDatabase();
    private final ConfigurableApplicationContext app =
            EnrichmentWorker.app()
                    .run(
                            "--server.port=0",
                            "--orrery.kafka.partitions=1",
                            "--orrery.stage.drain=1s",
                            "--KAFKA_BOOTSTRAP_SERVERS=" + SharedServers.kafka().bootstrapServers(),
                            "--SCHEMA_REGISTRY_URL=" + SharedServers.registry().url(),
                            "--DATABASE_URL=" + database.url(),
                            "--REDIS_URL=" + SharedServers.redis().url(),
                            "--ASTROLOGY_BASE_URL=" + simulator.url() + "/astrology/v1",
                            "--ASTROLOGY_USER_ID=simulated",
                            "--ASTROLOGY_API_KEY=simulated",
                            "--WEATHER_BASE_URL=" + simulator.url("weather"),
                            "--EXCHANGE_RATES_BASE_URL=" + simulator.url("exchange-rates"),
                            "--ORRERY_GATEWAY_KEY=" + GATEWAY_KEY,
                            "--CHART_API_USER_ID=600",
                            "--CHART_API_KEY=a-secret");

    Simulator simulator() {
        return simulator;
    }

    FactsDatabase database() {
        return database;
    }

    MeterRegistry meters() {
        return app.getBean(MeterRegistry.class);
    }

    TopicTail topics() {
        return app.getBean(TopicTail.class);
    }

    URI url(String path) {
        return URI.create(
                "http://127.0.0.1:"
                        + app.getEnvironment().getRequiredProperty("local.server.port")
                        + path);
    }

    /** A new user, who was born on one day in one city at this time. */
    String born(String time) throws SQLException {
        var user = "user-" + UUID.randomUUID();
        database.profile(user, 1, profile(time));
        return user;
    }

    static String profile(String time) {
        return """
        {"name": "Asha", "birth": {"date": "1995-08-21", "time": "%s", "place": "Pune",
         "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}}
        """
                .formatted(time);
    }

    static Event<ChatRequested> request(String user, WantedFact... wanted) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Requests.of(user, 1, now, wanted);
    }

    void publish(Event<ChatRequested> request) {
        app.getBean(Publisher.class).publish(request).block(PATIENCE);
    }

    Event<ContextAssembled> contextOf(Event<ChatRequested> request) {
        return topics().tail(Topics.CHAT_CONTEXTS, 0, 0L)
                .map(Tailed::event)
                .filter(event -> event.key().equals(request.key()))
                .next()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    @Override
    public void close() throws SQLException {
        app.close();
        simulator.close();
        database.close();
    }
}
