package dev.orrery.embedded.kafka;

import dev.orrery.embedded.host.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that differ from Kafka's defaults, each for a reason.
 *
 * @param directory of the logs
 * @param port for clients
 * @param controllerPort for the controller; may differ from start to start, nothing on disk
 *     remembers it
 */
record BrokerSettings(Path directory, int port, int controllerPort) {

    static final int NODE = 1;

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String CLIENT_LISTENER = "PLAINTEXT";

    private static final long MAX_STARTUP_MILLIS = 60_000;

    private static final int INTERNAL_TOPIC_PARTITIONS = 4;

    private static final int OFFSETS_RETENTION_DAYS = 365;

    Map<String, String> asMap() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("log.dirs", directory.toString());
        settings.put("server.max.startup.time.ms", Long.toString(MAX_STARTUP_MILLIS));
        settings.put("auto.create.topics.enable", "false");
        addListeners(settings);
        addSingleNode(settings);
        addQuickRestart(settings);
        addSmallFootprint(settings);
        return settings;
    }

    private void addListeners(Map<String, String> settings) {
        String clients = CLIENT_LISTENER + "://" + Ports.LOOPBACK + ":" + port;
        String controller = CONTROLLER_LISTENER + "://" + Ports.LOOPBACK + ":" + controllerPort;
        settings.put("listeners", clients + "," + controller);
        settings.put("advertised.listeners", clients);
        settings.put(
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
    }

    private void addSingleNode(Map<String, String> settings) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put(
                "controller.quorum.voters", NODE + "@" + Ports.LOOPBACK + ":" + controllerPort);
        // With the default of three copies these topics would never become ready.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void addQuickRestart(Map<String, String> settings) {
        // After a kill the next start waits until the registration of the last one has lapsed.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // Without a wait for further members each first consumer of a group starts at once.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Members of the consumer protocol take these from the broker, by default 5 s and 45 s: how
        // soon they learn of a rebalance, and how long a member that was killed keeps its place.
        settings.put("group.consumer.min.heartbeat.interval.ms", "1000");
        settings.put("group.consumer.heartbeat.interval.ms", "1000");
        settings.put("group.consumer.min.session.timeout.ms", "10000");
        settings.put("group.consumer.session.timeout.ms", "10000");
        // A data directory may rest for months; by default its groups would have forgotten their
        // place after a week.
        settings.put(
                "offsets.retention.minutes", Integer.toString(OFFSETS_RETENTION_DAYS * 24 * 60));
    }

    private static void addSmallFootprint(Map<String, String> settings) {
        String partitions = Integer.toString(INTERNAL_TOPIC_PARTITIONS);
        settings.put("offsets.topic.num.partitions", partitions);
        settings.put("transaction.state.log.num.partitions", partitions);
        settings.put("share.coordinator.state.topic.num.partitions", partitions);
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
    }
}
