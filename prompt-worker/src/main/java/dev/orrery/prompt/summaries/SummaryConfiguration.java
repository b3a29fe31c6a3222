package dev.orrery.prompt.summaries;

import dev.orrery.events.ChatOutcome;
import dev.orrery.pipeline.boot.GatewayProperties;
import dev.orrery.pipeline.gateway.GatewayClient;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.prompt.revisions.Revisions;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The stage that sums up, where there is a gateway; reading summaries needs none. */
@Configuration(proxyBeanMethods = false)
@Conditional(GatewayIsKnown.class)
@EnableConfigurationProperties({SummarySettings.class, GatewayProperties.class})
class SummaryConfiguration {

    private static final String SERVICE = "orrery-prompt";

    @Bean(destroyMethod = "close")
    GatewayClient gatewayClient(GatewayProperties gateway, Clock clock) {
        return new GatewayClient(gateway.access(SERVICE).orElseThrow(), clock);
    }

    @Bean
    Stage<ChatOutcome> summaries(
            Revisions revisions,
            PostgresSummaries rows,
            GatewayClient gateway,
            SummarySettings settings,
            Clock clock,
            MeterRegistry meters) {
        var flow =
                new SummaryFlow(
                        revisions, rows, gateway::generate, settings.latest(), clock, meters);
        return Stage.named("summaries")
                .reading(Topics.CHAT_OUTCOMES)
                .writing()
                .handledBy(flow::handle)
                .atOnce(settings.concurrency());
    }
}
