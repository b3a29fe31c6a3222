package dev.orrery.ingest.testing;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one door that they share: a {@link RunningDoor} parameter. It starts when it is
 * first asked for and closes after the last test. Tests stay apart by users, which each makes for
 * itself.
 */
public final class SharedDoor implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningDoor.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(Namespace.create(SharedDoor.class));
        return requireNonNull(store.computeIfAbsent("door", ignored -> RunningDoor.start()));
    }
}
