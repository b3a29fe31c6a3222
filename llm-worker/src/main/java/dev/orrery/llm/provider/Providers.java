package dev.orrery.llm.provider;

import dev.orrery.llm.http.Destinations;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.http.RefusedEndpoint;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Models;
import dev.orrery.llm.model.Moderator;
import dev.orrery.llm.model.Moderators;
import dev.orrery.llm.openai.OpenAiChatModel;
import dev.orrery.llm.openai.OpenAiCompatible;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured providers, each with a connection pool of its own, and the way to endpoints that
 * are named while the process runs. Closing it closes the pools.
 */
public final class Providers implements Models, Moderators, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    private final Map<String, Provider> providers;
    private final Destinations destinations;
    private final ProviderClient elsewhere;
    private final Clock clock;

    private Providers(
            Map<String, Provider> providers,
            Destinations destinations,
            ProviderClient elsewhere,
            Clock clock) {
        this.providers = Map.copyOf(providers);
        this.destinations = destinations;
        this.elsewhere = elsewhere;
        this.clock = clock;
    }

    /**
     * Opens the providers that can be used; says of the others that they cannot.
     *
     * @param settings by lower-case code
     * @param meters get the gauge {@code orrery.llm.keys.resting}, by provider, of pools
     * @throws IllegalArgumentException when one of them may not be called where it is
     */
    public static Providers open(
            Map<String, ProviderSettings> settings,
            HttpSettings http,
            Clock clock,
            Ticker ticker,
            MeterRegistry meters) {
        var destinations = new Destinations(http);
        settings.forEach((code, provider) -> check(code, provider, destinations));
        var opening = new Opening(http, clock, ticker, meters);
        var providers = new HashMap<String, Provider>();
        settings.forEach((code, provider) -> {
            if (!provider.isUsable()) {
                log.info(
                        "Provider is not configured, its attempts will be skipped: provider={}",
                        code);
            } else {
                providers.put(code, opening.open(code, provider));
                log.info(
                        "Provider is configured: provider={} keys={} {}",
                        code,
                        provider.keys().size(),
                        provider);
            }
        });
        var elsewhere = ProviderClient.checking(destinations, "elsewhere", http, ticker);
        return new Providers(providers, destinations, elsewhere, clock);
    }

    /** Opens them unmeasured. */
    public static Providers open(
            Map<String, ProviderSettings> settings, HttpSettings http, Clock clock, Ticker ticker) {
        return open(settings, http, clock, ticker, new SimpleMeterRegistry());
    }

    private static void check(String code, ProviderSettings provider, Destinations destinations) {
        try {
            if (provider.isUsable()) {
                provider.check(destinations);
            }
        } catch (RefusedEndpoint refused) {
            throw new IllegalArgumentException(
                    "orrery.llm.providers." + code + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public Optional<ChatModel> of(String provider) {
        return Optional.ofNullable(providers.get(provider)).map(Provider::model);
    }

    @Override
    public Optional<Moderator> moderator(String provider) {
        return Optional.ofNullable(providers.get(provider))
                .flatMap(known -> Optional.ofNullable(known.moderator()));
    }

    @Override
    public @Nullable String defaultRegion(String provider) {
        var known = providers.get(provider);
        return known == null ? null : known.defaultRegion();
    }

    @Override
    public boolean takesTools(String provider) {
        var known = providers.get(provider);
        return known == null || known.takesTools();
    }

    /**
     * The way to an OpenAI-compatible server that a caller or the database names. No key of ours
     * goes there. Its host must be among {@link HttpSettings#endpointHosts}; that its addresses are
     * public is checked with every connection, where a call fails as {@link
     * dev.orrery.llm.model.ModelFailure.RejectedInput} when they are not. Cheap, never blocks; the
     * model lives as long as this does.
     *
     * @param endpoint what {@code /chat/completions} is appended to
     * @throws RefusedEndpoint when it may not be called
     */
    public ChatModel at(URI endpoint) {
        destinations.checkNamed(endpoint);
        return new OpenAiChatModel(OpenAiCompatible.unknown(endpoint), elsewhere, clock);
    }

    @Override
    public void close() {
        providers.values().forEach(provider -> provider.close().run());
        elsewhere.close();
    }
}
