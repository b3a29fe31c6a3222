package dev.orrery.llm.openai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
import dev.orrery.llm.time.Ticker;
import dev.orrery.simulator.Simulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The adapter, and a provider that plays every fault over real HTTP. */
abstract class SimulatedOpenAi {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of the class whose tests run. */
    static Simulator provider;

    final ProviderClient client =
            new ProviderClient("test", HttpSettings.defaults(), Ticker.system());

    @BeforeAll
    static void startProvider() {
        provider = Simulator.start(0);
    }

    @AfterEach
    void closeClient() {
        client.close();
        provider.reset();
    }

    @AfterAll
    static void closeProvider() {
        provider.close();
    }

    JsonNode sent() {
        return JsonMapper.shared()
                .readTree(provider.openai().calls().all().getFirst().received().text());
    }

    List<ModelChunk> ask(String model) {
        return all(model(null).stream(prompt(model)).filter(SimulatedOpenAi::isAnswer));
    }

    /** Not as a Java stream: that would take a lock on the event loop. */
    static <T> List<T> all(Flux<T> chunks) {
        return requireNonNull(chunks.collectList().block(PATIENCE));
    }

    /** The id of a request comes before it. */
    static boolean isAnswer(ModelChunk chunk) {
        return !(chunk instanceof ModelChunk.Started);
    }

    ModelFailure failure(String model) {
        return failure(model(null).stream(prompt(model)));
    }

    static ModelFailure failure(Flux<ModelChunk> stream) {
        var failure = catchThrowableOfType(ModelFailure.class, () -> stream.blockLast(PATIENCE));
        return requireNonNull(failure, "no failure (expected: one)");
    }

    OpenAiChatModel model(@Nullable String key) {
        var url = URI.create(provider.url() + "/openai/v1");
        return new OpenAiChatModel(
                endpoint(url, key == null ? "any" : key), client, Clock.systemUTC());
    }

    static OpenAiCompatible endpoint(URI url, @Nullable String key) {
        return new OpenAiCompatible(
                url, key, MaxTokensField.MAX_TOKENS, true, false, Map.of("X-Title", "Orrery"));
    }

    static Prompt prompt(String model) {
        return new Prompt(model, null, conversation(), PATIENCE);
    }

    static Conversation conversation() {
        return new Conversation(
                "Be brief.",
                List.of(new Message(Role.USER, "Will I be famous?")),
                null,
                null,
                null,
                200);
    }

    static String text(List<ModelChunk> chunks) {
        assertThat(chunks).contains(new ModelChunk.Finished(FinishReason.STOP));
        return chunks.stream()
                .filter(ModelChunk.TextDelta.class::isInstance)
                .map(chunk -> ((ModelChunk.TextDelta) chunk).text())
                .collect(Collectors.joining());
    }
}
