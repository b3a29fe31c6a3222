package dev.orrery.llm.testing;

import static dev.orrery.llm.testing.AdapterBench.MARKER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * What every adapter promises, against a real connection. {@link AdapterBench} has what is asked of
 * it here.
 */
public interface ChatModelContract {

    Duration LIMIT = Duration.ofSeconds(3);
    Duration PATIENCE = Duration.ofSeconds(20);

    PlayedProvider provider();

    ChatModel model();

    ChatModel model(Ticker ticker);

    PlayedAnswer answering(String... texts);

    PlayedAnswer beginning(String... texts);

    List<byte[]> errorEvent();

    Class<? extends ModelFailure> errorEventMeans();

    List<byte[]> brokenEvent();

    String contentType();

    Heard hear(PlayedAnswer answer);

    void assertFails(PlayedAnswer answer, Class<? extends ModelFailure> kind);

    @Test
    default void tellsTheWholeAnswerAndItsEnd() {
        // when
        var heard = hear(answering("Good ", "morn", "ing"));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Good morning");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
        assertThat(heard.usage()).isNotNull();
    }

    @Test
    default void asksNothingBeforeItIsSubscribedToAndAgainEachTime() {
        // given
        provider().playing(answering("Hi"));
        var stream = model().stream(Prompts.plain("model-1"));
        assertThat(provider().asked()).isEmpty();

        // when
        Heard.of(stream);
        Heard.of(stream);

        // then
        assertThat(provider().asked()).hasSize(2);
    }

    @Test
    default void neverBlocksWhoeverAsks() {
        // given: BlockHound watches the threads of this scheduler
        provider().playing(answering("Hi"));
        var model = model();

        for (int i = 0; i < 2; i++) {
            // when
            var stream = model.stream(Prompts.plain("model-1"));
            var heard = Heard.of(stream.subscribeOn(Schedulers.parallel()));

            // then
            assertThat(heard.failure()).isNull();
            assertThat(heard.text()).isEqualTo("Hi");
        }
    }

    @Test
    default void usesAConnectionAgainAfterAnAnswer() {
        // given
        provider().playing(answering("Hi"));
        var model = model();

        // when
        for (int i = 0; i < 3; i++) {
            assertThat(Heard.of(model.stream(Prompts.plain("model-1"))).text()).isEqualTo("Hi");
        }

        // then
        assertThat(provider().connections()).isEqualTo(1);
    }

    @Test
    default void passesEveryPieceOnAsSoonAsItIsThere() {
        // given: the provider sends the rest only when the first piece was heard
        var heardFirst = Sinks.<Boolean>one();
        var rest = requireNonNull(answering("second").body().collectList().block());
        provider().playing(beginning("first ").then(heardFirst.asMono(), rest));

        // when
        var heard =
                Heard.of(
                        model().stream(Prompts.plain("model-1"))
                                .doOnNext(chunk -> {
                                    if (chunk instanceof ModelChunk.TextDelta) {
                                        heardFirst.tryEmitValue(true);
                                    }
                                }));

        // then
        assertThat(heard.text()).isEqualTo("first second");
    }

    @Test
    default void readsCharactersThatAreSplitOverPackets() {
        // when
        var heard = hear(answering("नमस्ते ", "🙏", "é").byteByByte());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("नमस्ते 🙏é");
    }

    @Test
    default void closesTheConnectionWhenItIsCancelled() {
        // given
        provider().playing(beginning("Once ").thenSilence());
        var chunks = new CopyOnWriteArrayList<ModelChunk>();
        var call = model().stream(Prompts.plain("model-1")).subscribe(chunks::add);
        await().until(() -> chunks.contains(new ModelChunk.TextDelta("Once ")));

        // when
        call.dispose();

        // then
        await().untilAsserted(() -> assertThat(provider().brokenOff()).isEqualTo(1));
    }

    @Test
    default void failsWhenTheConnectionIsCut() {
        assertFails(beginning("Once ", "upon").thenCut(), ModelFailure.TruncatedStream.class);
    }

    @Test
    default void neverCallsAStreamFinishedThatOnlyEnds() {
        // when
        var heard = hear(beginning("Once ", "upon"));

        // then: without a finish the chain takes it for a failure
        assertThat(heard.text()).isEqualTo("Once upon");
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    default void failsOnAnErrorInPlaceOfTheFirstEvent() {
        assertFails(PlayedAnswer.stream(contentType(), errorEvent()), errorEventMeans());
    }

    @Test
    default void failsOnAnErrorAfterText() {
        // given
        var answer = beginning("Once ").then(Mono.empty(), errorEvent());

        // when
        var heard = hear(answer);

        // then
        assertThat(heard.text()).isEqualTo("Once ");
        assertThat(heard.failure()).isExactlyInstanceOf(errorEventMeans());
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    default void failsOnAnEventThatIsNone() {
        // given
        var answer = beginning("Once ").then(Mono.empty(), brokenEvent());

        // when
        var heard = hear(answer);

        // then
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.MalformedResponse.class)
                .message()
                .doesNotContain(MARKER);
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    default void failsOnAPageInPlaceOfAStream() {
        assertFails(
                PlayedAnswer.of(200, "text/html", "<html><body>" + MARKER + "</body></html>"),
                ModelFailure.MalformedResponse.class);
    }

    @Test
    default void failsOnAResponseAboveItsBound() {
        assertFails(answering("x".repeat(20 * 1024)), ModelFailure.MalformedResponse.class);
    }

    @Test
    default void followsNoRedirect() {
        // given
        var elsewhere =
                PlayedAnswer.of(307, "text/plain", MARKER)
                        .with("location", provider().url() + "/elsewhere");

        // when / then
        assertFails(elsewhere, ModelFailure.MalformedResponse.class);
        assertThat(provider().asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, rejected_input",
        "401, unauthorised",
        "402, quota_exhausted",
        "403, unauthorised",
        "404, unauthorised",
        "408, server_error",
        "413, context_too_long",
        "422, rejected_input",
        "424, server_error",
        "429, rate_limited",
        "500, server_error",
        "502, server_error",
        "503, overloaded",
        "504, server_error",
        "529, overloaded"
    })
    default void tellsFailuresByStatusWhenAProxyAnswers(int status, String code) {
        // when
        var heard = hear(PlayedAnswer.of(status, "text/html", "<html>" + MARKER + "</html>"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code))
                .message()
                .doesNotContain(MARKER);
        assertThat(provider().asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429, retry-after, 7, 7000", "503, retry-after-ms, 250, 250"})
    default void passesTheProvidersWishToBeLeftAloneOn(
            int status, String header, String value, long ms) {
        // when
        var heard = hear(PlayedAnswer.of(status, "text/plain", MARKER).with(header, value));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofMillis(ms)));
    }

    @Test
    default void failsWhenTheConnectionEndsBeforeAnAnswer() {
        // given
        provider().playing(answering("Hi"));
        provider().close();

        // when
        var heard = Heard.of(model().stream(Prompts.plain("model-1")));

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.ConnectionFailed.class);
    }

    @Test
    default void keepsTheLimitForTheConnection() {
        // given: the only connection is taken
        var time = new ManualTime();
        var model = model(time.ticker());
        provider().playing(beginning("Once ").thenSilence());
        var taken = new CopyOnWriteArrayList<ModelChunk>();
        var call = model.stream(Prompts.plain("model-1")).subscribe(taken::add);
        await().until(() -> !taken.isEmpty());
        var failure = new CompletableFuture<Throwable>();
        model.stream(Prompts.plain("model-1", LIMIT)).subscribe(chunk -> {}, failure::complete);

        // when
        time.advance(LIMIT);

        // then
        assertThat(failure)
                .succeedsWithin(PATIENCE)
                .isInstanceOfSatisfying(
                        TimedOut.class,
                        it -> assertThat(it.limit()).isEqualTo(TimedOut.Limit.CONNECT));
        assertThat(provider().asked()).hasSize(1);
        call.dispose();
    }

    @Test
    default void leavesAConnectedCallToTheLimitsOfTheChain() {
        // given: the request has been written, and nothing has come back
        var time = new ManualTime();
        var model = model(time.ticker());
        var sign = Sinks.<Boolean>one();
        var answer = requireNonNull(answering("Hi").body().collectList().block());
        provider()
                .playing(PlayedAnswer.stream(contentType(), List.of()).then(sign.asMono(), answer));
        var heard =
                CompletableFuture.supplyAsync(
                        () -> Heard.of(model.stream(Prompts.plain("model-1", LIMIT))));
        await().until(() -> provider().asked().size() == 1);

        // when
        time.advance(LIMIT.multipliedBy(3));
        sign.tryEmitValue(true);

        // then
        assertThat(heard)
                .succeedsWithin(PATIENCE)
                .satisfies(it -> assertThat(it.text()).isEqualTo("Hi"));
    }
}
