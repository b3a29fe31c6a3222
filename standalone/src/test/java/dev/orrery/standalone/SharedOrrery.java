package dev.orrery.standalone;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one installation that they share: a {@link RunningOrrery} parameter. It starts
 * when it is first asked for and closes after the last test. Tests stay apart by people.
 */
final class SharedOrrery implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningOrrery.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.create(SharedOrrery.class));
        return requireNonNull(store.computeIfAbsent("orrery", ignored -> RunningOrrery.start()));
    }
}
