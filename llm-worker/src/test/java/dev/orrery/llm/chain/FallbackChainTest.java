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
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** Which model is asked next, what its reader is told, and what is kept of it. */
class FallbackChainTest {

    private static final ModelFailure SERVER_ERROR =
            new ModelFailure.ServerError("status 500", null);

    private final RecordedChain chain = new RecordedChain();

    @Test
    void passesTextOnAsItComes() {
        // given
        chain.script("openai", Script.answer("Good ", "day.").usage(30, 4));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.texts()).containsExactly("Good ", "day.");
        assertThat(chain.answered().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(chain.answered().usage()).isEqualTo(new ModelChunk.Usage(30, 4, null, null));
        assertThat(chain.answered().firstTokenAt()).isEqualTo(ManualTime.START);
        assertThat(chain.results()).containsExactly("answered");
    }

    @Test
    void switchesSilentlyBeforeTheFirstVisibleText() {
        // given
        chain.script("openai", Script.nothing().text(" ", "\n").fail(SERVER_ERROR));
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.calls()).extracting(ChainEvent.CallBegan::startsOver).containsOnly(false);
        assertThat(chain.texts()).containsExactly("Good day.");
        assertThat(chain.results()).containsExactly("server_error", "answered");
    }

    @ParameterizedTest
    @CsvSource({"LENGTH, true", "STOP, false"})
    void tellsAModelThatHadNoRoomForAnAnswerFromOneThatGaveNone(FinishReason end, boolean noRoom) {
        // given
        var heard = new HeardCalls();
        var chain = new RecordedChain(heard);
        chain.script("openai", Script.nothing().finish(end));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(heard.told()).containsExactly("1 began", "1 empty_response");
        assertThat(heard.reports().getFirst().wasCutShort()).isEqualTo(noRoom);
    }

    @Test
    void beginsNoCallBehindOneWhoseTextIsToStand() {
        // given
        var heard = new HeardCalls();
        var chain = new RecordedChain(heard);
        chain.script("openai", Script.nothing().text("Good mor").fail(SERVER_ERROR));
        var groq = chain.script("groq", Script.answer("Never."));
        var asked = request(PRIMARY, SECOND);

        // when
        chain.run(
                new ChainRequest(
                        asked.correlation(),
                        asked.conversation(),
                        asked.steps(),
                        1,
                        asked.patience(),
                        Conduct.DEFAULT.withoutStartingOver(),
                        null,
                        Origin.UNKNOWN));

        // then
        assertThat(groq.prompts()).isEmpty();
        assertThat(heard.told()).containsExactly("1 began", "1 first text", "1 server_error");
        assertThat(chain.failed().code()).isEqualTo(FailureCode.ALL_PROVIDERS_FAILED);
        assertThat(chain.failed().calls()).hasSize(1);
    }

    @Test
    void startsOverAfterTheFirstVisibleText() {
        // given
        chain.script("openai", Script.nothing().text("Good mor").fail(SERVER_ERROR));
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.events())
                .startsWith(
                        new ChainEvent.CallBegan(1, PRIMARY, false),
                        new ChainEvent.Text("Good mor"),
                        new ChainEvent.CallBegan(2, SECOND, true),
                        new ChainEvent.Text("Hello."));
        assertThat(chain.answered().step()).isEqualTo(SECOND);
    }

    @Test
    void startsOverOnceForEachCallThatHadShownText() {
        // given
        chain.script("openai", Script.nothing().text("A").fail(SERVER_ERROR));
        chain.script("groq", Script.failure(SERVER_ERROR));
        chain.script("mistral", Script.answer("C"));

        // when
        chain.run(request(PRIMARY, SECOND, Chains.THIRD));

        // then
        assertThat(chain.calls())
                .extracting(ChainEvent.CallBegan::startsOver)
                .containsExactly(false, true, false);
    }

    @Test
    void breaksItsCallOffWhenItIsCancelled() {
        // given
        var openai = chain.script("openai", Script.nothing().text("Good mor").silence());
        var running = chain.run(request(PRIMARY, SECOND));

        // when
        running.dispose();
        chain.advance(Duration.ofSeconds(60));

        // then
        assertThat(openai.cancelled()).isEqualTo(1);
        assertThat(chain.calls()).hasSize(1);
    }

    @Test
    void givesEveryCallTheSameConversation() {
        // given
        var openai = chain.script("openai", Script.failure(SERVER_ERROR));
        var groq = chain.script("groq", Script.answer("Hello."));
        var request = request(PRIMARY, SECOND);

        // when
        chain.run(request);

        // then
        assertThat(openai.prompts().getFirst().conversation()).isEqualTo(request.conversation());
        assertThat(groq.prompts().getFirst().conversation()).isEqualTo(request.conversation());
        assertThat(groq.prompts().getFirst().model()).isEqualTo("llama");
    }

    @Test
    void goesOnEvenWhenAnAdapterBreaksItsContract() {
        // given
        chain.model("openai", prompt -> Flux.error(new IllegalStateException("surprise")));
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly("malformed_response", "answered");
    }

    @Test
    void asksEveryStepAsItStandsWhereChainsAreTakenLiterally() {
        // given
        var literal = new RecordedChain(CallGate.ALWAYS_OPEN, Prices.UNKNOWN, Hedging.NEVER, true);
        literal.script("openai", Script.failure(SERVER_ERROR), Script.answer("Hello."));

        // when
        literal.run(request(PRIMARY, PRIMARY));

        // then
        assertThat(literal.results()).containsExactly("server_error", "answered");
    }

    @Test
    void surrendersWhenNobodyHasAnswered() {
        // given
        chain.script("openai", Script.failure(SERVER_ERROR));
        chain.script("groq", Script.nothing().text("Hel"));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.failed().code()).isEqualTo(FailureCode.ALL_PROVIDERS_FAILED);
        assertThat(chain.failed().calls())
                .extracting(CallTrace::result)
                .containsExactly("server_error", "truncated_stream");
    }

    @Test
    void countsItsCallsByResultAndItsTokens() {
        // given
        chain.script("openai", Script.failure(SERVER_ERROR));
        chain.script(
                "groq",
                Script.nothing()
                        .pause(Duration.ofMillis(250))
                        .text("Hello.")
                        .finish(FinishReason.STOP)
                        .usage(30, 4));

        // when
        chain.run(request(PRIMARY, SECOND));
        chain.advance(Duration.ofSeconds(1));

        // then
        assertThat(
                        chain.meters
                                .counter(
                                        "orrery.llm.calls",
                                        "provider",
                                        "openai",
                                        "model",
                                        "gpt",
                                        "result",
                                        "server_error")
                                .count())
                .isEqualTo(1);
        assertThat(
                        chain.meters
                                .counter(
                                        "orrery.llm.calls",
                                        "provider",
                                        "groq",
                                        "model",
                                        "llama",
                                        "result",
                                        "answered")
                                .count())
                .isEqualTo(1);
        assertThat(
                        chain.meters
                                .timer(
                                        "orrery.llm.first.token",
                                        "provider",
                                        "groq",
                                        "model",
                                        "llama")
                                .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
        assertThat(
                        chain.meters
                                .counter(
                                        "orrery.llm.tokens",
                                        "provider",
                                        "groq",
                                        "model",
                                        "llama",
                                        "kind",
                                        "output")
                                .count())
                .isEqualTo(4);
    }

    @Test
    void saysOfEveryStepWhereItWent() {
        // given
        chain.defaultRegion("bedrock", "ap-south-1");
        chain.script("bedrock", Script.nothing().fail(SERVER_ERROR));
        chain.script("groq", Script.answer("Good day."));
        var unsaid = Chains.step("bedrock", "nova", 0);
        var said = new Step("bedrock", "nova", "ap-south-1", 0, Chains.LIMITS);

        // when
        chain.run(request(unsaid, said, SECOND));

        // then
        assertThat(chain.answered().calls())
                .extracting(CallTrace::region)
                .containsExactly("ap-south-1", "ap-south-1", null);
        assertThat(chain.results())
                .containsExactly("server_error", "skipped_duplicate", "answered");
    }
}
