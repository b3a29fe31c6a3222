package dev.orrery.prompt.summaries;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Without a gateway there is nobody who could sum up, and the log says so once. */
final class GatewayIsKnown implements ConfigurationCondition {

    private static final Logger log = LoggerFactory.getLogger(GatewayIsKnown.class);

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase
                .REGISTER_BEAN; // asked once; a condition without a phase is asked twice
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata annotated) {
        boolean isKnown = !context.getEnvironment().getProperty("orrery.gateway.url", "").isBlank();
        if (!isKnown) {
            log.info("No gateway is configured, sessions are not summarised (orrery.gateway.url)");
        }
        return isKnown;
    }
}
