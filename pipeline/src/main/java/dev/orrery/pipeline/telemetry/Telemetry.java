package dev.orrery.pipeline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tracer of one app, and the collectors its spans go to. Without a collector there is no
 * tracer, no thread and no cost.
 *
 * <p>Whoever makes it closes it, after everything that opens spans. Closing blocks, for the time to
 * flush per collector at most.
 */
final class Telemetry implements AutoCloseable {

    private static final String SCOPE = "dev.orrery";

    /** One request may be repeated once, and both have to fit into the limit of an export. */
    private static final int TRIES = 2;

    private final @Nullable SdkTracerProvider provider;

    /**
     * @param app becomes {@code service.name}
     */
    Telemetry(TelemetryProperties properties, String app, MeterRegistry meters) {
        var collectors = Collector.of(properties);
        this.provider = collectors.isEmpty() ? null : provider(collectors, properties, app, meters);
    }

    /** Records nothing where nobody collects. */
    Tracer tracer() {
        var sdk = provider;
        return sdk == null ? OpenTelemetry.noop().getTracer(SCOPE) : sdk.get(SCOPE);
    }

    /**
     * A client that has decided not to record its trace is obeyed; everything else is recorded.
     * There is no sampling by ratio: the SDK's takes ids for random numbers throughout, which those
     * of turns are not.
     */
    private static SdkTracerProvider provider(
            List<Collector> collectors,
            TelemetryProperties properties,
            String app,
            MeterRegistry meters) {
        var builder =
                SdkTracerProvider.builder()
                        .setIdGenerator(new SpanIds())
                        .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                        .setResource(resource(properties, app));
        for (var collector : collectors) {
            builder.addSpanProcessor(
                    new SpanExport(
                            collector.name(),
                            exporter(collector, properties.exportLimit()),
                            properties,
                            meters));
        }
        return builder.build();
    }

    private static SpanExporter exporter(Collector collector, Duration limit) {
        var oneTry = limit.dividedBy(TRIES + 1);
        var builder =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.url())
                        .setCompression("gzip")
                        .setConnectTimeout(oneTry)
                        .setTimeout(oneTry)
                        .setRetryPolicy(
                                RetryPolicy.builder()
                                        .setMaxAttempts(TRIES)
                                        .setInitialBackoff(oneTry.dividedBy(TRIES))
                                        .setMaxBackoff(oneTry)
                                        .build());
        collector.headers().forEach(builder::addHeader);
        return builder.build();
    }

    private static Resource resource(TelemetryProperties properties, String app) {
        var attributes =
                Attributes.builder()
                        .put(AttributeKey.stringKey("service.name"), app)
                        .put(AttributeKey.stringKey("service.namespace"), "orrery")
                        .put(
                                AttributeKey.stringKey("service.instance.id"),
                                UUID.randomUUID().toString());
        if (!properties.environment().isBlank()) {
            attributes.put(
                    AttributeKey.stringKey("deployment.environment.name"),
                    properties.environment());
        }
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }

    @Override
    public void close() {
        var sdk = provider;
        if (sdk != null) {
            sdk.shutdown();
        }
    }
}
