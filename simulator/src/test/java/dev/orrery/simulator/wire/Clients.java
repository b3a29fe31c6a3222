package dev.orrery.simulator.wire;

import java.util.List;
import java.util.Map;

/** One client of each provider. */
public final class Clients {

    private Clients() {}

    public static List<Client> all() {
        return List.of(
                new CompletionsClient(
                        "openai",
                        "/error/code",
                        Map.of(
                                401, "invalid_api_key",
                                404, "model_not_found",
                                429, "rate_limit_exceeded",
                                503, "server_is_overloaded")),
                new AnthropicClient(),
                new GeminiClient(),
                new BedrockClient(),
                new AiSdkClient(),
                new CompletionsClient(
                        "groq",
                        "/error/code",
                        Map.of(
                                401, "invalid_api_key",
                                404, "model_not_found",
                                429, "rate_limit_exceeded",
                                498, "capacity_exceeded")),
                new CompletionsClient(
                        "byteplus",
                        "/error/type",
                        Map.of(
                                400, "BadRequest",
                                401, "Unauthorized",
                                403, "Forbidden",
                                404, "NotFound",
                                408, "BadRequest",
                                429, "TooManyRequests",
                                500, "InternalServerError",
                                503, "InternalServerError",
                                529, "InternalServerError")),
                new CompletionsClient(
                        "openrouter",
                        "/error/code",
                        Map.of(
                                400, "400", 401, "401", 403, "403", 404, "404", 408, "408", 429,
                                "429", 500, "500", 503, "503", 529, "529")),
                new CompletionsClient(
                        "mistral",
                        "/code",
                        Map.of(
                                401, "unauthorized",
                                404, "unknown_model",
                                429, "rate_limited")));
    }
}
