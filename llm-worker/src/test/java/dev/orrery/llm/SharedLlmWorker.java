package dev.orrery.llm;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one app that they share: a {@link RunningLlmWorker} parameter. It starts when it
 * is first asked for and closes after the last test. Tests stay apart by turns and models.
 */
final class SharedLlmWorker implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningLlmWorker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.create(SharedLlmWorker.class));
        return requireNonNull(store.computeIfAbsent("worker", ignored -> started()));
    }

    private static RunningLlmWorker started() {
        try {
            return new RunningLlmWorker();
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("the llm worker did not start", failure);
        }
    }
}
