package dev.orrery.billing;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.EntryPosted;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** Replicas of the app on one set of books, told nothing but their environment. */
final class RunningBilling implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final int PARTITIONS = 2;

    private final Books books;
    private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();

    RunningBilling(Books books) {
        this.books = books;
    }

    void startReplica() {
        replicas.add(
                BillingWorker.app()
                        .run(
                                "--server.port=0",
                                "--orrery.kafka.partitions=" + PARTITIONS,
                                "--orrery.stage.drain=1s",
                                "--KAFKA_BOOTSTRAP_SERVERS="
                                        + SharedServers.kafka().bootstrapServers(),
                                "--SCHEMA_REGISTRY_URL=" + SharedServers.registry().url(),
                                "--DATABASE_URL=" + books.url()));
    }

    void publish(Event<ChatOutcome> outcome) {
        bean(Publisher.class).publish(outcome).block(PATIENCE);
    }

    /** Waits for the entry that a turn has become. */
    EntryPosted entryOf(Event<ChatOutcome> outcome) {
        var key = "use:" + outcome.value().getTurn().getTurnId();
        var tail = bean(TopicTail.class);
        return Flux.range(0, PARTITIONS)
                .flatMap(partition -> tail.tail(Topics.BILLING_ENTRIES, partition, 0L))
                .map(Tailed::event)
                .map(Event::value)
                .filter(entry -> entry.getEntryKey().equals(key))
                .next()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Summed over all replicas and all tags but the ones given, name and value in turn. */
    double meter(String name, String... tags) {
        return replicas.stream()
                .flatMap(replica ->
                        replica
                                .getBean(MeterRegistry.class)
                                .find(name)
                                .tags(tags)
                                .meters()
                                .stream())
                .mapToDouble(RunningBilling::value)
                .sum();
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }

    private <T> T bean(Class<T> type) {
        return replicas.getLast().getBean(type);
    }

    /** Stops all replicas; others may be started after them. */
    @Override
    public void close() {
        replicas.forEach(ConfigurableApplicationContext::close);
        replicas.clear();
    }
}
