package dev.orrery.pipeline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Spans, and who collects them. Closed after all stages have stopped, as beans are. */
@AutoConfiguration
@EnableConfigurationProperties(TelemetryProperties.class)
class TelemetryAutoConfiguration {

    @Bean(destroyMethod = "close")
    Telemetry telemetry(
            TelemetryProperties properties,
            MeterRegistry meters,
            @Value("${spring.application.name:orrery}") String app) {
        return new Telemetry(properties, app, meters);
    }

    @Bean
    Spans spans(Telemetry telemetry, TelemetryProperties properties, Clock clock) {
        return new Spans(telemetry.tracer(), properties.userIds(), clock);
    }

    @Bean
    CaptureSettings captureSettings(TelemetryProperties properties) {
        return new CaptureSettings(properties.capture(), properties.captureChars());
    }
}
