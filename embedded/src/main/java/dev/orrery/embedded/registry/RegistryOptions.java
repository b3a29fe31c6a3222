package dev.orrery.embedded.registry;

/**
 * How the registry is run.
 *
 * @param bootstrapServers the Kafka that holds its topic
 * @param port 1 to 65535, or 0 for a free one
 * @param defaultLevel what new schemas owe to earlier ones until a request says otherwise
 */
public record RegistryOptions(String bootstrapServers, int port, CompatibilityLevel defaultLevel) {

    /**
     * With {@link CompatibilityLevel#FULL_TRANSITIVE}: whoever replays history must read all of it.
     */
    public static RegistryOptions strict(String bootstrapServers, int port) {
        return new RegistryOptions(bootstrapServers, port, CompatibilityLevel.FULL_TRANSITIVE);
    }
}
