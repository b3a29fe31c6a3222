package dev.orrery.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * What an installation is told.
 *
 * @param data folder that keeps everything between two starts
 * @param ports where it listens
 * @param environment variables of the process, which may name real providers
 */
record Settings(Path data, PortRange ports, Map<String, String> environment) {

    private static final String SIMULATED_MODEL = "gpt-4.1-mini";
    private static final String SIMULATED_TOOLS_MODEL = "sim/4-tool-calls";
    private static final String SIMULATED_FALLBACK = "gpt-4.1-nano";

    Settings {
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** Whether a key for a real provider is set; the simulator steps aside then. */
    boolean hasOpenAiKey() {
        return !environment.getOrDefault("OPENAI_API_KEY", "").isBlank();
    }

    /** Model of the demo bot; OPENAI_MODEL names another, which a server such as Ollama needs. */
    String demoModel() {
        return environment.getOrDefault("OPENAI_MODEL", SIMULATED_MODEL);
    }

    /** Model of the demo bot that calls tools; a simulated one does so when its name says it. */
    String demoToolsModel() {
        return hasOpenAiKey() ? demoModel() : SIMULATED_TOOLS_MODEL;
    }

    String demoFallbackModel() {
        return environment.getOrDefault("OPENAI_FALLBACK_MODEL", SIMULATED_FALLBACK);
    }

    /** Whether the tools find this installation without being told where it is. */
    boolean hasUsualPlace() {
        return data.equals(Path.of(".orrery").toAbsolutePath().normalize());
    }
}
