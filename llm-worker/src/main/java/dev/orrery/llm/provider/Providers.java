package dev.orrery.llm.provider;

import static java.util.Objects.requireNonNull;

import dev.orrery.llm.aisdk.AiSdkChatModel;
import dev.orrery.llm.anthropic.AnthropicChatModel;
import dev.orrery.llm.bedrock.BedrockChatModel;
import dev.orrery.llm.gemini.GeminiChatModel;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.StreamingClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Models;
import dev.orrery.llm.openai.OpenAiChatModel;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured providers, each with a connection pool of its own. Closing it closes the pools.
 */
public final class Providers implements Models, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    /**
     * @param close closes the connections
     */
    private record Provider(ChatModel model, Runnable close) {}

    private final Map<String, Provider> providers;

    private Providers(Map<String, Provider> providers) {
        this.providers = Map.copyOf(providers);
    }

    /**
     * Opens the providers that can be used; says of the others that they cannot.
     *
     * @param settings by lower-case code
     */
    public static Providers open(
            Map<String, ProviderSettings> settings, HttpSettings http, Clock clock, Ticker ticker) {
        var providers = new HashMap<String, Provider>();
        settings.forEach((code, provider) -> {
            if (!provider.isUsable()) {
                log.info(
                        "Provider is not configured, its attempts will be skipped: provider={}",
                        code);
            } else {
                providers.put(code, open(code, provider, http, clock, ticker));
                log.info("Provider is configured: provider={} {}", code, provider);
            }
        });
        return new Providers(providers);
    }

    private static Provider open(
            String code, ProviderSettings settings, HttpSettings http, Clock clock, Ticker ticker) {
        return switch (settings.protocol()) {
            case OPENAI ->
                    overHttp(
                            code,
                            http,
                            ticker,
                            client ->
                                    new OpenAiChatModel(
                                            settings.openAiCompatible(url(settings)),
                                            client,
                                            clock,
                                            ticker));
            case ANTHROPIC ->
                    overHttp(
                            code,
                            http,
                            ticker,
                            client ->
                                    new AnthropicChatModel(
                                            settings.anthropic(url(settings)),
                                            client,
                                            clock,
                                            ticker));
            case GEMINI ->
                    overHttp(
                            code,
                            http,
                            ticker,
                            client ->
                                    new GeminiChatModel(
                                            settings.gemini(url(settings)), client, clock, ticker));
            case AI_SDK ->
                    overHttp(
                            code,
                            http,
                            ticker,
                            client ->
                                    new AiSdkChatModel(
                                            settings.aiSdk(url(settings)), client, clock, ticker));
            case BEDROCK -> {
                var access = settings.bedrock(requireNonNull(settings.aws()));
                var model = new BedrockChatModel(access, http, clock, ticker);
                yield new Provider(model, model::close);
            }
        };
    }

    private static Provider overHttp(
            String code,
            HttpSettings http,
            Ticker ticker,
            Function<StreamingClient, ChatModel> model) {
        var client = new StreamingClient(code, http, ticker);
        return new Provider(model.apply(client), client::close);
    }

    private static URI url(ProviderSettings settings) {
        return requireNonNull(settings.baseUrl()); // or it would not be usable
    }

    @Override
    public Optional<ChatModel> of(String provider) {
        return Optional.ofNullable(providers.get(provider)).map(Provider::model);
    }

    @Override
    public void close() {
        providers.values().forEach(provider -> provider.close().run());
    }
}
