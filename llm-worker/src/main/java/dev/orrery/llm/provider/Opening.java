package dev.orrery.llm.provider;

import static java.util.Objects.requireNonNull;

import dev.orrery.llm.aisdk.AiSdkChatModel;
import dev.orrery.llm.anthropic.AnthropicChatModel;
import dev.orrery.llm.bedrock.BedrockChatModel;
import dev.orrery.llm.gemini.GeminiChatModel;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Moderator;
import dev.orrery.llm.openai.OpenAiChatModel;
import dev.orrery.llm.openai.OpenAiModerator;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens providers, with what is the same for all of them. */
record Opening(HttpSettings http, Clock clock, Ticker ticker, MeterRegistry meters) {

    /** A model by one key; by none where there is none. */
    @FunctionalInterface
    private interface Keyed {
        ChatModel by(@Nullable String key);
    }

    /**
     * @param settings of one that is usable
     */
    Provider open(String code, ProviderSettings settings) {
        if (settings.protocol() == ProviderSettings.Protocol.BEDROCK) {
            return bedrock(code, settings);
        }
        var client = new ProviderClient(code, http, ticker);
        var url = requireNonNull(settings.baseUrl()); // or it would not be usable
        var pool = new KeyPool(Math.max(1, settings.keys().size()), ticker);
        return new Provider(
                keyed(code, settings.keys(), pool, over(client, url, settings)),
                settings.protocol() == ProviderSettings.Protocol.OPENAI
                        ? moderator(settings, pool, client, url)
                        : null,
                settings.tools(),
                null,
                client::close);
    }

    private Keyed over(ProviderClient client, URI url, ProviderSettings settings) {
        return switch (settings.protocol()) {
            case OPENAI ->
                    key -> new OpenAiChatModel(settings.openAiCompatible(url, key), client, clock);
            case ANTHROPIC ->
                    key -> new AnthropicChatModel(settings.anthropic(url, key), client, clock);
            case GEMINI -> key -> new GeminiChatModel(settings.gemini(url, key), client, clock);
            case AI_SDK -> key -> new AiSdkChatModel(settings.aiSdk(url, key), client, clock);
            case BEDROCK -> throw new IllegalStateException("BUG: BEDROCK is not plain HTTP");
        };
    }

    private Moderator moderator(
            ProviderSettings settings, KeyPool pool, ProviderClient client, URI url) {
        var keys = settings.keys();
        if (keys.isEmpty()) {
            return new OpenAiModerator(settings.openAiCompatible(url, null), client, clock);
        }
        var moderators = new ArrayList<Moderator>();
        for (var key : keys) {
            moderators.add(new OpenAiModerator(settings.openAiCompatible(url, key), client, clock));
        }
        return moderators.size() == 1
                ? moderators.getFirst()
                : new PooledModerator(moderators, pool);
    }

    private ChatModel keyed(String code, List<String> keys, KeyPool pool, Keyed model) {
        return keys.isEmpty()
                ? model.by(null)
                : pooled(code, keys.stream().map(model::by).toList(), pool);
    }

    private Provider bedrock(String code, ProviderSettings settings) {
        var aws = requireNonNull(settings.aws());
        var models =
                aws.access(settings.keys()).stream()
                        .map(access -> new BedrockChatModel(access, http, clock, ticker))
                        .toList();
        return new Provider(
                pooled(code, List.copyOf(models), new KeyPool(models.size(), ticker)),
                null,
                settings.tools(),
                aws.region(),
                () -> models.forEach(BedrockChatModel::close));
    }

    /** A single key has nobody to stand in for it, so it is left to the chain. */
    private ChatModel pooled(String code, List<ChatModel> models, KeyPool pool) {
        if (models.size() == 1) {
            return models.getFirst();
        }
        var pooled = new PooledChatModel(models, pool);
        Gauge.builder("orrery.llm.keys.resting", pooled, PooledChatModel::restingKeys)
                .description("keys of the provider that rest, for all models or for some")
                .tag("provider", code)
                .strongReference(true)
                .register(meters);
        return pooled;
    }
}
