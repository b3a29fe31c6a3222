package dev.orrery.llm;

import dev.orrery.llm.telemetry.ToolSpans;
import dev.orrery.llm.time.Ticker;
import dev.orrery.llm.tools.BuiltInTools;
import dev.orrery.llm.tools.Dialogue;
import dev.orrery.llm.tools.ToolListener;
import dev.orrery.llm.tools.ToolMeters;
import dev.orrery.llm.tools.facts.Facts;
import dev.orrery.llm.tools.facts.FactsSettings;
import dev.orrery.pipeline.telemetry.CaptureSettings;
import dev.orrery.pipeline.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tools that turns may call, and whoever listens to their calls. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FactsSettings.class)
class ToolsConfiguration {

    @Bean
    ToolMeters toolMeters(MeterRegistry meters) {
        return new ToolMeters(meters);
    }

    @Bean
    ToolSpans toolSpans(Spans spans, CaptureSettings capture) {
        return new ToolSpans(spans, capture);
    }

    @Bean
    Facts facts(FactsSettings settings, Clock clock) {
        return settings.open(clock);
    }

    @Bean
    Dialogue dialogue(
            Facts facts,
            List<ToolListener> listeners,
            LlmSettings settings,
            Clock clock,
            Ticker ticker) {
        return new Dialogue(
                new BuiltInTools(clock, facts), listeners, settings.maxReplyChars(), clock, ticker);
    }
}
