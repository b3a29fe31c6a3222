package dev.orrery.pipeline.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings spans to one collector, a batch at a time, on a thread of its own. A collector that is
 * away or slow costs its spans and nothing else: what finds no room is dropped, what cannot be
 * delivered is not kept, and both are counted.
 *
 * <p>Thread safety: {@link #onEnd} is called on any thread, event loops included; it takes no lock.
 * {@link #shutdown} blocks, for the time to flush at most.
 */
final class SpanExport implements SpanProcessor {

    private static final Logger log = LoggerFactory.getLogger(SpanExport.class);

    private final String collector;
    private final SpanExporter exporter;
    private final TelemetryProperties bounds;
    private final Counter exported;
    private final Counter failed;
    private final Counter dropped;
    private final ConcurrentLinkedQueue<ReadableSpan> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;
    private boolean away; // of the export thread alone

    SpanExport(
            String collector,
            SpanExporter exporter,
            TelemetryProperties bounds,
            MeterRegistry meters) {
        this.collector = collector;
        this.exporter = exporter;
        this.bounds = bounds;
        this.exported = counter(meters, "exported");
        this.failed = counter(meters, "failed");
        this.dropped = counter(meters, "dropped");
        meters.gauge("orrery.telemetry.waiting", List.of(Tag.of("collector", collector)), waiting);
        this.thread = Thread.ofPlatform().name("spans-" + collector).daemon().unstarted(this::run);
        thread.start();
    }

    private Counter counter(MeterRegistry meters, String outcome) {
        return meters.counter("orrery.telemetry.spans", "collector", collector, "outcome", outcome);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (closing) {
            dropped.increment();
            return;
        }
        if (waiting.incrementAndGet() > bounds.queue()) {
            waiting.decrementAndGet();
            dropped.increment();
            return;
        }
        queue.add(span);
        if (waiting.get() >= bounds.batch()) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(this, bounds.interval().toNanos());
            exportAll();
        }
        exportAll();
    }

    private void exportAll() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            try {
                export(batch);
            } catch (RuntimeException broken) {
                failed(batch.size());
                log.debug("An exporter of spans failed", broken);
            }
        }
    }

    private List<SpanData> next() {
        var batch = new ArrayList<SpanData>();
        while (batch.size() < bounds.batch()) {
            var span = queue.poll();
            if (span == null) {
                break;
            }
            waiting.decrementAndGet();
            batch.add(span.toSpanData());
        }
        return batch;
    }

    private void export(List<SpanData> batch) {
        var result =
                exporter.export(batch).join(bounds.exportLimit().toMillis(), TimeUnit.MILLISECONDS);
        if (result.isSuccess()) {
            exported.increment(batch.size());
            if (away) {
                away = false;
                log.info("Spans are delivered again: collector={}", collector);
            }
        } else {
            failed(batch.size());
        }
    }

    private void failed(int spans) {
        failed.increment(spans);
        if (!away) {
            away = true;
            log.warn("Spans cannot be delivered and are lost: collector={}", collector);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        if (closing) {
            return CompletableResultCode.ofSuccess();
        }
        closing = true;
        LockSupport.unpark(thread);
        awaitEnd(bounds.flush());
        while (queue.poll() != null) {
            waiting.decrementAndGet();
            dropped.increment();
        }
        // Closing an HTTP client waits for what it is at, and nobody is to wait for that.
        Thread.ofVirtual().name("spans-end-" + collector).start(exporter::shutdown);
        return CompletableResultCode.ofSuccess();
    }

    private void awaitEnd(Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
