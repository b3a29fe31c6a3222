package dev.orrery.enrichment.factsapi;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Without a key there is nobody whom facts about people could be told to. */
final class FactsApiIsOffered implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata annotated) {
        return !context.getEnvironment().getProperty("orrery.facts-api.tokens.key", "").isBlank();
    }
}
