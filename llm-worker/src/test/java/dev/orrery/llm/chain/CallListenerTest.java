package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;

/** Whoever listens hears of every call once, whatever ends it, and disturbs nothing. */
class CallListenerTest {

    private static final ModelFailure SERVER_ERROR =
            new ModelFailure.ServerError("status 500", null);

    private static final CallTrace FAILED =
            new CallTrace(1, "openai", "gpt", null, "server_error", null, 0, 0L);

    private final HeardCalls heard = new HeardCalls();
    private final RecordedChain chain = new RecordedChain(heard);

    @Test
    void hearsOfEveryCallFromItsBeginningToItsEnd() {
        // given
        chain.script("openai", Script.failure(SERVER_ERROR));
        chain.script("groq", Script.answer("Good ", "day.").usage(30, 4));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(heard.told())
                .containsExactly(
                        "1 began", "1 server_error", "2 began", "2 first text", "2 answered");
    }

    @Test
    void hearsHowACallEnded() {
        // given
        chain.script("openai", Script.failure(SERVER_ERROR));
        chain.script(
                "groq",
                Script.nothing()
                        .send(new ModelChunk.Started("request-2"))
                        .pause(Duration.ofMillis(250))
                        .text("Good day.")
                        .pause(Duration.ofMillis(50))
                        .finish(FinishReason.STOP)
                        .usage(30, 4));
        var request = request(PRIMARY, SECOND);

        // when
        chain.run(request);
        chain.advance(Duration.ofSeconds(1));

        // then
        assertThat(heard.reports().getFirst().failure()).isEqualTo(SERVER_ERROR);
        assertThat(heard.reports().getFirst().finishReason()).isNull();
        assertThat(heard.reports().getLast())
                .isEqualTo(
                        new CallReport(
                                new Call(
                                        "turn-1",
                                        2,
                                        SECOND,
                                        request.conversation(),
                                        null,
                                        Origin.UNKNOWN,
                                        List.of(FAILED)),
                                "answered",
                                null,
                                new Timing(250L, 300),
                                "request-2",
                                9,
                                new ModelChunk.Usage(30, 4, null, null),
                                FinishReason.STOP,
                                null));
    }

    @Test
    void hearsWhatABrokenCallHasUsed() {
        // given
        chain.script("openai", Script.nothing().text("Good mor").usage(30, 2).fail(SERVER_ERROR));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.reports().getFirst().usage())
                .isEqualTo(new ModelChunk.Usage(30, 2, null, null));
    }

    @Test
    void hearsOfACancellationOnce() {
        // given
        chain.script("openai", Script.nothing().text("Good mor").silence());
        var running = chain.run(request(PRIMARY, SECOND));

        // when
        running.dispose();
        running.dispose();
        chain.advance(Duration.ofSeconds(60));

        // then
        assertThat(heard.told()).containsExactly("1 began", "1 first text", "1 cancelled");
    }

    @Test
    void hearsTheEndOfACallThatIsCancelledBeforeItsModelIsAsked() {
        // given
        var openai = chain.script("openai", Script.answer("Good day."));
        var hasty =
                new BaseSubscriber<ChainEvent>() {
                    @Override
                    protected void hookOnNext(ChainEvent event) {
                        cancel();
                    }
                };

        // when
        chain.run(request(PRIMARY), hasty);

        // then
        assertThat(openai.prompts()).isEmpty();
        assertThat(heard.told()).containsExactly("1 began", "1 cancelled");
    }

    /** A cancellation comes from another thread than text that is on its way. */
    @Test
    void hearsNothingOfACallThatHasEnded() {
        // given
        var time = new ManualTime();
        var request = request(PRIMARY);
        var call = new Call("turn-1", 1, PRIMARY, request.conversation(), null);
        var stream = new CallStream(Chains.LIMITS, 0, Long.MAX_VALUE, 100, false);
        var cancelled = new HeardCall(call, stream, heard, Prices.UNKNOWN, time.ticker());
        cancelled.began();
        cancelled.cancelled();

        // when
        cancelled.firstText();
        cancelled.text("Good");
        cancelled.lost();

        // then
        assertThat(heard.told()).containsExactly("1 began", "1 cancelled");
        assertThat(heard.texts()).isEmpty();
    }

    @Test
    void harmsNothingByThrowing() {
        // given
        var broken =
                new CallListener() {
                    @Override
                    public void began(Call call) {
                        throw new IllegalStateException("began");
                    }

                    @Override
                    public void firstText(Call call) {
                        throw new IllegalStateException("first text");
                    }

                    @Override
                    public void ended(CallReport report) {
                        throw new IllegalStateException("ended");
                    }
                };
        var disturbed = new RecordedChain(broken, heard);
        disturbed.script("openai", Script.failure(SERVER_ERROR));
        disturbed.script("groq", Script.answer("Hello."));

        // when
        disturbed.run(request(PRIMARY, SECOND));

        // then
        assertThat(disturbed.results()).isEqualTo(List.of("server_error", "answered"));
        assertThat(heard.told()).hasSize(5);
    }
}
