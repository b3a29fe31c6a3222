package dev.orrery.enrichment;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one app that they share: a {@link RunningEnrichmentWorker} parameter. It starts
 * when it is first asked for and closes after the last test. Tests stay apart by users and times of
 * birth.
 */
final class SharedEnrichmentWorker implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningEnrichmentWorker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.create(SharedEnrichmentWorker.class));
        return requireNonNull(
                store.computeIfAbsent("worker", ignored -> new RunningEnrichmentWorker()));
    }
}
