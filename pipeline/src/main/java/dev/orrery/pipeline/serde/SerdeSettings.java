package dev.orrery.pipeline.serde;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration keys that our serde shares with Confluent's, so that either can take the
 * other's place.
 */
public final class SerdeSettings {

    /** One or more addresses of the schema registry, parted by commas. */
    public static final String REGISTRY_URL = "schema.registry.url";

    /** Whether writing registers a schema that the registry does not know; default true. */
    public static final String AUTO_REGISTER = "auto.register.schemas";

    /**
     * Whether reading gives generated classes; otherwise generic records. Default false, as
     * Confluent's.
     */
    public static final String SPECIFIC_READER = "specific.avro.reader";

    private SerdeSettings() {}

    static String registryUrl(Map<String, ?> settings) {
        var url = settings.get(REGISTRY_URL);
        if (url == null) {
            throw new IllegalArgumentException(
                    REGISTRY_URL + ": missing (expected: an http address)");
        }
        // Kafka hands lists over as collections.
        return url instanceof Iterable<?> several ? joined(several) : url.toString();
    }

    static boolean flag(Map<String, ?> settings, String key, boolean absent) {
        @Nullable Object value = settings.get(key);
        return value == null ? absent : Boolean.parseBoolean(value.toString());
    }

    private static String joined(Iterable<?> several) {
        var urls = new StringBuilder();
        several.forEach(each -> urls.append(urls.isEmpty() ? "" : ",").append(each));
        return urls.toString();
    }
}
