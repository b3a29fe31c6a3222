package dev.orrery.llm;

import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.embedded.testing.SpanCollector;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.TurnRef;
import dev.orrery.llm.gateway.Tokens;
import dev.orrery.pipeline.gateway.GatewayAccess;
import dev.orrery.pipeline.gateway.GatewayClient;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** The app as it is deployed, on real servers, with a provider and a collector over real HTTP. */
final class RunningLlmWorker implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RealServers servers;
    private final Simulator provider;
    private final SpanCollector langfuse;
    private final ConfigurableApplicationContext app;

    RunningLlmWorker() throws SQLException, IOException {
        servers = new RealServers();
        provider = Simulator.start(0);
        langfuse = SpanCollector.start();
        app = started(Tokens.KEY);
    }

    /** Another one beside it. */
    ConfigurableApplicationContext started(String gatewayKey) {
        return LlmWorker.app()
                .run(
                        "--SERVER_PORT=0",
                        "--KAFKA_BOOTSTRAP_SERVERS=" + SharedServers.kafka().bootstrapServers(),
                        "--SCHEMA_REGISTRY_URL=" + SharedServers.registry().url(),
                        "--DATABASE_URL=" + servers.database().url(),
                        "--REDIS_URL=" + SharedServers.redis().url(),
                        "--ORRERY_GATEWAY_KEY=" + gatewayKey,
                        "--OPENAI_BASE_URL=" + provider.url() + "/openai/v1",
                        "--OPENAI_API_KEY=sk-test",
                        "--LANGFUSE_HOST=" + langfuse.url(),
                        "--LANGFUSE_PUBLIC_KEY=pk-lf-test",
                        "--LANGFUSE_SECRET_KEY=sk-lf-test",
                        "--orrery.kafka.partitions=" + RealServers.PARTITIONS,
                        "--orrery.llm.http.private-addresses=allowed",
                        "--orrery.llm.providers.house.base-url=" + provider.url() + "/openai/v1",
                        "--orrery.llm.providers.house.api-key=sk-house");
    }

    RealServers servers() {
        return servers;
    }

    Simulator provider() {
        return provider;
    }

    SpanCollector langfuse() {
        return langfuse;
    }

    MeterRegistry meters() {
        return app.getBean(MeterRegistry.class);
    }

    URI url() {
        return URI.create(
                "http://localhost:"
                        + app.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** A client of the gateway, as a service has it. */
    GatewayClient gateway() {
        return new GatewayClient(
                GatewayAccess.of(url(), Tokens.KEY, "reports", "tests"), Clock.systemUTC());
    }

    /** How a turn has ended, once it is told. */
    ChatOutcome outcome(TurnRef turn) {
        await().atMost(PATIENCE).until(() -> !servers.outcomes(turn).isEmpty());
        return servers.outcomes(turn).getFirst();
    }

    /** What the collector was told whose attribute says this. */
    List<Span> spans(String attribute, String value) {
        return langfuse.spans().stream()
                .filter(span -> SpanCollector.text(span, attribute).equals(value))
                .toList();
    }

    @Override
    public void close() throws SQLException {
        app.close();
        provider.close();
        langfuse.close();
        servers.close();
    }
}
