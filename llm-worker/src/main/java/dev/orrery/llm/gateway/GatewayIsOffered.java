package dev.orrery.llm.gateway;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Without a key there is nobody whom the gateway could let in, so there is no gateway. */
final class GatewayIsOffered implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata annotated) {
        return !context.getEnvironment().getProperty("orrery.gateway.tokens.key", "").isBlank();
    }
}
