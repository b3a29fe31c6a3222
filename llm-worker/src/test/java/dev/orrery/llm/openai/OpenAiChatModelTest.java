package dev.orrery.llm.openai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

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
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The adapter against a provider that plays every fault over real HTTP. */
class OpenAiChatModelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Simulator PROVIDER = Simulator.start(0);

    private final ProviderClient client =
            new ProviderClient("test", HttpSettings.defaults(), Ticker.system());

    @AfterEach
    void closeClient() {
        client.close();
        PROVIDER.reset();
    }

    @AfterAll
    static void closeProvider() {
        PROVIDER.close();
    }

    @Test
    void streamsTextThenTheFinishThenWhatItCost() {
        // when
        var chunks = ask("sim/3-tokens");

        // then
        assertThat(chunks.subList(0, 3)).hasOnlyElementsOfType(ModelChunk.TextDelta.class);
        assertThat(chunks.get(3)).isInstanceOf(ModelChunk.Finished.class);
        assertThat(chunks.get(4)).isInstanceOf(ModelChunk.Usage.class);
        assertThat(chunks).hasSize(5);
    }

    @Test
    void passesEveryPieceOnBeforeTheNextOneIsThere() {
        // given
        var stream = model(null).stream(prompt("sim/2-tokens+silence-after-1"));

        // when
        var first = stream.filter(OpenAiChatModelTest::isAnswer).blockFirst(PATIENCE);

        // then
        assertThat(first).isInstanceOf(ModelChunk.TextDelta.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"split-events-1-bytes", "split-events", "joined-events", "comments", "crlf"})
    void readsTheSameAnswerHoweverItIsPackaged(String packaging) {
        // given
        var plain = text(ask("sim/20-tokens"));

        // when
        var packaged = text(ask("sim/20-tokens+" + packaging));

        // then
        assertThat(packaged).isEqualTo(plain).isNotBlank();
    }

    @Test
    void readsTheSameAnswerWholeAsStreamed() {
        // given
        var streamed = text(ask("sim/20-tokens"));
        var prompt = new Prompt("sim/20-tokens", null, conversation(), PATIENCE, false);

        // when
        var whole = all(model(null).stream(prompt));

        // then
        assertThat(text(whole)).isEqualTo(streamed);
        assertThat(whole).hasAtLeastOneElementOfType(ModelChunk.Usage.class);
    }

    @Test
    void keepsACharacterWholeThatComesInTwoPackets() {
        // when
        var text = text(ask("sim/5-tokens+split-utf8"));

        // then
        assertThat(text).contains("☉").doesNotContain("\uFFFD");
    }

    @ParameterizedTest
    @CsvSource({
        "status-400, RejectedInput",
        "status-400-context_length_exceeded, ContextTooLong",
        "status-400-content_policy_violation, ContentFiltered",
        "status-401, Unauthorised",
        "status-402, QuotaExhausted",
        "status-403, Unauthorised",
        "status-404, Unauthorised",
        "status-408, ServerError",
        "status-409, ServerError",
        "status-413, ContextTooLong",
        "status-422, RejectedInput",
        "status-429, RateLimited",
        "status-429-slow_down, RateLimited",
        "status-429-credit_balance_exhausted, QuotaExhausted",
        "status-429-project_spend_limit_exceeded, QuotaExhausted",
        "status-500, ServerError",
        "status-502, ServerError",
        "status-503, Overloaded",
        "status-504, ServerError",
        "status-529, Overloaded",
        "reset, ConnectionFailed",
        "html, MalformedResponse",
        "redirect, MalformedResponse",
        "wrong-content-type, MalformedResponse",
        "error-first, ServerError",
        "error-after-2, ServerError",
        "cut-after-2, TruncatedStream",
        "broken-event-after-2, MalformedResponse",
        "enormous-event, MalformedResponse"
    })
    void failsWithTheOneFailureThatWentWrong(String script, String failure) {
        // when
        var failed = failure("sim/" + script);

        // then
        assertThat(failed.getClass().getSimpleName()).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "status-401, Unauthorised",
        "status-429, RateLimited",
        "status-429-credit_balance_exhausted, QuotaExhausted",
        "status-503, Overloaded",
        "reset, ConnectionFailed",
        "html, MalformedResponse",
        "redirect, MalformedResponse",
        "wrong-content-type, MalformedResponse",
        "error-first, ServerError",
        "error-after-2, ServerError",
        "cut-after-2, TruncatedStream",
        "broken-event-after-2, MalformedResponse"
    })
    void failsInPlaceOfAWholeAnswerAsInPlaceOfAStream(String script, String failure) {
        // given
        var prompt = new Prompt("sim/" + script, null, conversation(), PATIENCE, false);

        // when
        var failed = failure(model(null).stream(prompt));

        // then
        assertThat(failed.getClass().getSimpleName()).isEqualTo(failure);
        assertThat(failed.toString()).doesNotContain(Fault.SECRET_MARKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status-400",
                "status-401",
                "status-429-credit_balance_exhausted",
                "status-500",
                "error-first",
                "error-after-2",
                "html",
                "broken-event-after-2"
            })
    void repeatsNothingThatAProviderSaid(String script) {
        // when
        var failed = failure("sim/" + script);

        // then
        for (Throwable each = failed; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(Fault.SECRET_MARKER);
        }
    }

    @Test
    void keepsHowLongTheProviderWantsToBeLeftAlone() {
        // when
        var failed = failure("sim/status-429-retry-after-7");

        // then
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void doesNotFollowARedirect() {
        // when
        failure("sim/redirect");

        // then
        assertThat(PROVIDER.openai().calls().count("redirected")).isZero();
    }

    @Test
    void asksOnceAndLeavesTriesToTheChain() {
        // when
        failure("sim/reset");

        // then
        assertThat(PROVIDER.openai().calls().count("sim/reset")).isEqualTo(1);
    }

    @Test
    void endsWithoutAFinishWhenTheProviderSaysNone() {
        // when
        var chunks = ask("sim/end-after-2");

        // then
        assertThat(chunks).hasSize(2).hasOnlyElementsOfType(ModelChunk.TextDelta.class);
    }

    @Test
    void closesTheConnectionToACallThatIsCancelled() {
        // given
        var running = model(null).stream(prompt("sim/silence-after-1")).subscribe();
        await().until(() -> PROVIDER.openai().calls().count("sim/silence-after-1") == 1);

        // when
        running.dispose();

        // then
        await().untilAsserted(() ->
                assertThat(PROVIDER.openai().calls().all().getFirst().state())
                        .isEqualTo(CallState.CANCELLED));
    }

    @Test
    void givesUpAConnectionThatDoesNotComeAbout() {
        // given
        var nowhere = URI.create("http://192.0.2.1/v1"); // TEST-NET-1, RFC 5737
        var model = new OpenAiChatModel(endpoint(nowhere, null), client, Clock.systemUTC());
        var prompt = new Prompt("gpt", null, conversation(), Duration.ofMillis(50));

        // when
        var failed = failure(model.stream(prompt));

        // then
        assertThat(failed)
                .isInstanceOfAny(ModelFailure.TimedOut.class, ModelFailure.ConnectionFailed.class);
    }

    @Test
    void failsAtOnceWhereNobodyListens() {
        // given
        var closed = Simulator.start(0);
        closed.close();
        var nobody = URI.create(closed.url() + "/v1");
        var model = new OpenAiChatModel(endpoint(nobody, null), client, Clock.systemUTC());

        // when
        var failed = failure(model.stream(prompt("gpt")));

        // then
        assertThat(failed).isInstanceOf(ModelFailure.ConnectionFailed.class);
    }

    @Test
    void sendsTheConversationAsTheProviderWantsIt() {
        // given
        var conversation =
                new Conversation(
                        "You are Mira.",
                        List.of(
                                new Message(Role.USER, "Hi"),
                                new Message(Role.ASSISTANT, "Hello."),
                                new Message(Role.USER, "Will I be \"famous\"?")),
                        0.5,
                        0.9,
                        40,
                        200);

        // when
        model(null).stream(new Prompt("sim/ok", null, conversation, PATIENCE)).blockLast(PATIENCE);

        // then
        assertThat(sent())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"model": "sim/ok", "stream": true, "stream_options": {"include_usage": true},
                                         "messages": [{"role": "system", "content": "You are Mira."},
                                                      {"role": "user", "content": "Hi"},
                                                      {"role": "assistant", "content": "Hello."},
                                                      {"role": "user", "content": "Will I be \\"famous\\"?"}],
                                         "temperature": 0.5, "top_p": 0.9, "max_tokens": 200}
                                        """));
    }

    @Test
    void sendsKeyAndHeadersOfItsEndpoint() {
        // when
        model("sk-1").stream(prompt("sim/ok")).blockLast(PATIENCE);

        // then
        var received = PROVIDER.openai().calls().all().getFirst().received();
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-1");
        assertThat(received.header("x-title")).isEqualTo("Orrery");
        assertThat(received.header("accept")).isEqualTo("text/event-stream");
    }

    @Test
    void saysNothingOfItsKeyWhenItIsPrinted() {
        // when
        var printed = endpoint(URI.create("http://localhost/v1"), "sk-1").toString();

        // then
        assertThat(printed).doesNotContain("sk-1");
    }

    private JsonNode sent() {
        return JsonMapper.shared()
                .readTree(PROVIDER.openai().calls().all().getFirst().received().text());
    }

    private List<ModelChunk> ask(String model) {
        return all(model(null).stream(prompt(model)).filter(OpenAiChatModelTest::isAnswer));
    }

    /** Not as a Java stream: that would take a lock on the event loop. */
    private static <T> List<T> all(Flux<T> chunks) {
        return requireNonNull(chunks.collectList().block(PATIENCE));
    }

    /** The id of a request comes before it. */
    private static boolean isAnswer(ModelChunk chunk) {
        return !(chunk instanceof ModelChunk.Started);
    }

    private ModelFailure failure(String model) {
        return failure(model(null).stream(prompt(model)));
    }

    private static ModelFailure failure(Flux<ModelChunk> stream) {
        var failure = catchThrowableOfType(ModelFailure.class, () -> stream.blockLast(PATIENCE));
        return requireNonNull(failure, "no failure (expected: one)");
    }

    private OpenAiChatModel model(@Nullable String key) {
        var url = URI.create(PROVIDER.url() + "/openai/v1");
        return new OpenAiChatModel(
                endpoint(url, key == null ? "any" : key), client, Clock.systemUTC());
    }

    private static OpenAiCompatible endpoint(URI url, @Nullable String key) {
        return new OpenAiCompatible(
                url, key, MaxTokensField.MAX_TOKENS, true, false, Map.of("X-Title", "Orrery"));
    }

    private static Prompt prompt(String model) {
        return new Prompt(model, null, conversation(), PATIENCE);
    }

    private static Conversation conversation() {
        return new Conversation(
                "Be brief.",
                List.of(new Message(Role.USER, "Will I be famous?")),
                null,
                null,
                null,
                200);
    }

    private static String text(List<ModelChunk> chunks) {
        assertThat(chunks).contains(new ModelChunk.Finished(FinishReason.STOP));
        return chunks.stream()
                .filter(ModelChunk.TextDelta.class::isInstance)
                .map(chunk -> ((ModelChunk.TextDelta) chunk).text())
                .collect(Collectors.joining());
    }
}
