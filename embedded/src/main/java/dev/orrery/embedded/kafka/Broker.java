package dev.orrery.embedded.kafka;

import dev.orrery.embedded.host.StartFailed;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One life of a broker. The only class that touches Kafka's internals: they change without notice,
 * so a new version of Kafka is a change to this class and to the version in the parent POM.
 */
final class Broker {

    private final KafkaRaftServer server;

    private Broker(KafkaRaftServer server) {
        this.server = server;
    }

    /** Formats the directory unless that was done before, with the same cluster id. */
    static void format(Path directory, String clusterId) {
        try {
            new Formatter()
                    .setClusterId(clusterId)
                    .setNodeId(BrokerSettings.NODE)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setUnstableFeatureVersionsEnabled(false)
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception cause) {
            throw new StartFailed(
                    "Kafka cannot use %s: %s".formatted(directory, cause.getMessage()), cause);
        }
    }

    /**
     * Returns when the broker serves clients; blocks for at most the start-up time in the settings.
     */
    static Broker start(Map<String, String> settings) {
        // false: do not log the three hundred settings.
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return new Broker(server);
        } catch (RuntimeException cause) {
            server.shutdown();
            server.awaitShutdown();
            throw new StartFailed("Kafka did not start: " + cause.getMessage(), cause);
        }
    }

    /**
     * Hands over what it leads, writes everything and ends. Blocks, typically for half a second.
     */
    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }
}
