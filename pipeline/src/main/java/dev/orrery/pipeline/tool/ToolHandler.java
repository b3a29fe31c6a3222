package dev.orrery.pipeline.tool;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who carries out the calls for a tool. All but the app are built in, and only read: a call can
 * neither pay nor change anything.
 */
public enum ToolHandler {
    /** The user's app: the call reaches it as an event, and the model goes on at once. */
    APP,
    /** The birth chart of the user, or of their second profile. */
    GET_BIRTH_CHART("profile"),
    /** The weather at a place, the user's own where none is named. */
    GET_WEATHER("latitude", "longitude"),
    /** What one currency is in others, the user's own where none is named. */
    GET_EXCHANGE_RATE("base", "quote", "quotes"),
    /** The date and the time, in any zone. */
    CURRENT_TIME("time_zone");

    private final List<String> arguments;

    ToolHandler(String... arguments) {
        this.arguments = List.of(arguments);
    }

    /** Names of the arguments that it makes use of; the app's are its own, and none are known. */
    public List<String> arguments() {
        return arguments;
    }

    /** As revisions name it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, as revisions name them. */
    public static String[] names() {
        return Stream.of(values()).map(ToolHandler::wireName).toArray(String[]::new);
    }

    /** Empty for a name that no handler has. */
    public static Optional<ToolHandler> named(String name) {
        return Stream.of(values()).filter(each -> each.wireName().equals(name)).findFirst();
    }
}
