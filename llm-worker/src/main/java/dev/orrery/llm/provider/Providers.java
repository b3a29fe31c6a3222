package dev.orrery.llm.provider;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured providers, each with a connection pool of its own. Closing it closes the pools.
 */
public final class Providers implements Models, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    private record Provider(ChatModel model, StreamingClient client) {}

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
            var url = provider.baseUrl();
            if (url == null || !provider.isUsable()) {
                log.info(
                        "Provider is not configured, its attempts will be skipped: provider={}",
                        code);
            } else {
                providers.put(code, open(code, provider, url, http, clock, ticker));
                log.info("Provider is configured: provider={} host={}", code, url.getHost());
            }
        });
        return new Providers(providers);
    }

    private static Provider open(
            String code,
            ProviderSettings settings,
            URI url,
            HttpSettings http,
            Clock clock,
            Ticker ticker) {
        var client = new StreamingClient(code, http, ticker);
        ChatModel model =
                switch (settings.protocol()) {
                    case OPENAI ->
                            new OpenAiChatModel(
                                    settings.openAiCompatible(url), client, clock, ticker);
                };
        return new Provider(model, client);
    }

    @Override
    public Optional<ChatModel> of(String provider) {
        return Optional.ofNullable(providers.get(provider)).map(Provider::model);
    }

    @Override
    public void close() {
        providers.values().forEach(provider -> provider.client().close());
    }
}
