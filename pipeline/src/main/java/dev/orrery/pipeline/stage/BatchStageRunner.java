package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.health.Vitals;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.tuning.LiveSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Runs a {@link BatchStage} on a spring-kafka batch listener: poll → decode → the function →
 * commit. Everything of one poll happens on the listener's own thread, which waits for the
 * function.
 *
 * <p>An outage pauses the container, which keeps polling so that it stays in its group, and brings
 * the same poll again with back-off until it passes. Nothing is committed and nothing dead-lettered
 * meanwhile. Live settings pause it likewise, from the next poll on; their concurrency and rate
 * mean nothing here.
 */
public final class BatchStageRunner<I extends SpecificRecord> implements Running, Vitals {

    private static final Logger log = LoggerFactory.getLogger(BatchStageRunner.class);

    /** One statement's worth of rows. */
    private static final int MAX_BATCH = 500;

    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final BatchStage<I> stage;
    private final GroupSettings group;
    private final StageSettings settings;
    private final BatchHandling<I> handling;
    private final LiveSettings live;
    private @Nullable Runnable unfollow;
    private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

    /**
     * @param group how this process joins the stage's consumer group
     * @param live whether it is paused, as it changes
     * @param settings of which concurrency and window mean nothing here: a poll is handled at once
     * @param spans opens one for each input
     * @param meters gets the gauges of {@link StageMeters}
     */
    public BatchStageRunner(
            BatchStage<I> stage,
            GroupSettings group,
            RecordDecoder decoder,
            DeadLetters deadLetters,
            LiveSettings live,
            StageSettings settings,
            Spans spans,
            MeterRegistry meters) {
        this.stage = stage;
        this.group = group;
        this.live = live;
        this.settings = settings;
        this.handling = new BatchHandling<>(stage, decoder, deadLetters, spans, meters);
        gauge(meters, StageMeters.IN_FLIGHT, BatchHandling::inFlight);
        gauge(meters, StageMeters.OLDEST_OPEN, batch -> batch.oldestOpen().toMillis() / 1000.0);
    }

    @Override
    public synchronized void start() {
        if (container == null) {
            var next = newContainer();
            unfollow = live.follow(now -> pauseOrResume(next, now));
            next.start();
            container = next;
            log.info("Stage started: stage={} topic={}", stage.name(), stage.input().name());
        }
    }

    private static void pauseOrResume(MessageListenerContainer container, WorkerSettings now) {
        if (now.paused()) {
            container.pause();
        } else {
            container.resume();
        }
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> newContainer() {
        var consumer = new HashMap<>(group.consumerSettings(stage.group()));
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_BATCH);
        var properties = new ContainerProperties(stage.input().name());
        properties.setGroupId(stage.group());
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setSyncCommits(true);
        properties.setShutdownTimeout(settings.drain().toMillis());
        properties.setMissingTopicsFatal(false);
        properties.setMessageListener((BatchMessageListener<byte[], byte[]>) this::onPoll);
        var consumers = new DefaultKafkaConsumerFactory<byte[], byte[]>(consumer);
        var built = new ConcurrentMessageListenerContainer<>(consumers, properties);
        built.setBeanName(stage.name());
        built.setConcurrency(1);
        built.setCommonErrorHandler(retryingForEver());
        return built;
    }

    private void onPoll(List<ConsumerRecord<byte[], byte[]>> records) {
        handling.handle(records);
    }

    /**
     * Whatever leaves the listener is an outage: faults of the data have been dealt with inside.
     */
    private static DefaultErrorHandler retryingForEver() {
        var backOff =
                new ExponentialBackOff(FIRST_WAIT_MILLIS, ExponentialBackOff.DEFAULT_MULTIPLIER);
        backOff.setMaxInterval(LONGEST_WAIT_MILLIS);
        var errors = new DefaultErrorHandler(backOff);
        errors.setClassifications(Map.of(), true); // no kind of exception counts as final here
        return errors;
    }

    @Override
    public synchronized void stop() {
        if (unfollow != null) {
            unfollow.run();
            unfollow = null;
        }
        if (container != null) {
            container.stop();
            container = null;
            handling.abandoned();
            log.info("Stage stopped: stage={}", stage.name());
        }
    }

    @Override
    public String name() {
        return stage.name();
    }

    @Override
    public synchronized boolean isRunning() {
        return container != null;
    }

    @Override
    public synchronized boolean isReading() {
        return container != null && container.isRunning() && container.isInExpectedState();
    }

    @Override
    public Duration oldestOpen() {
        return handling.oldestOpen();
    }

    /** A poll is handled as soon as it is there, so nothing ever waits. */
    @Override
    public Duration stalledFor() {
        return Duration.ZERO;
    }

    @Override
    public int inFlight() {
        return handling.inFlight();
    }

    private void gauge(
            MeterRegistry meters, StageMeters meter, ToDoubleFunction<BatchHandling<I>> value) {
        Gauge.builder(meter.meterName(), handling, value)
                .tag("stage", stage.name())
                .register(meters);
    }
}
