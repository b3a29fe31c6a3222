package dev.orrery.standalone;

import dev.orrery.simulator.Simulator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the simulator stands in for an outside service: wherever the environment has no key for it,
 * or no address where no key is wanted. It steps aside as soon as one is set, service by service.
 * Birth charts need nobody to stand in: without an account, the enrichment worker computes them.
 */
final class StandIns {

    private static final String KEY = "simulated";

    /**
     * One outside service.
     *
     * @param code as the simulator calls it
     * @param keys variables of which any one means that the real service is wanted
     * @param address variable that holds where the service is
     */
    private record Service(String code, List<String> keys, String address) {

        boolean isReal(Map<String, String> environment) {
            return keys.stream().anyMatch(key -> !environment.getOrDefault(key, "").isBlank());
        }
    }

    private static final List<Service> SERVICES =
            List.of(
                    new Service("openai", List.of("OPENAI_API_KEY"), "OPENAI_BASE_URL"),
                    new Service("groq", List.of("GROQ_API_KEY"), "GROQ_BASE_URL"),
                    new Service("byteplus", List.of("ARK_API_KEY"), "BYTEPLUS_BASE_URL"),
                    new Service("openrouter", List.of("OPENROUTER_API_KEY"), "OPENROUTER_BASE_URL"),
                    new Service("mistral", List.of("MISTRAL_API_KEY"), "MISTRAL_BASE_URL"),
                    new Service("anthropic", List.of("ANTHROPIC_API_KEY"), "ANTHROPIC_BASE_URL"),
                    new Service("gemini", List.of("GEMINI_API_KEY"), "GEMINI_BASE_URL"),
                    new Service("ai-sdk", List.of("AI_SDK_API_KEY", "AI_SDK_URL"), "AI_SDK_URL"),
                    new Service(
                            "bedrock",
                            List.of("AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID"),
                            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
                    new Service("weather", List.of("WEATHER_BASE_URL"), "WEATHER_BASE_URL"),
                    new Service(
                            "exchange-rates",
                            List.of("EXCHANGE_RATES_BASE_URL"),
                            "EXCHANGE_RATES_BASE_URL"));

    private StandIns() {}

    /** The services that the simulator stands in for. */
    static List<String> of(Map<String, String> environment) {
        return SERVICES.stream()
                .filter(service -> !service.isReal(environment))
                .map(Service::code)
                .toList();
    }

    /** The variables that lead to the simulator whatever is not real. */
    static Map<String, String> variables(Map<String, String> environment, Simulator simulator) {
        var variables = new TreeMap<String, String>();
        for (var service : SERVICES) {
            if (!service.isReal(environment)) {
                service.keys().forEach(key -> variables.put(key, KEY));
                variables.put(service.address(), simulator.url(service.code()));
            }
        }
        // Half a pair of AWS keys would be no access at all; the bearer token alone is one.
        variables.computeIfPresent("AWS_ACCESS_KEY_ID", (name, simulated) -> "");
        return variables;
    }
}
