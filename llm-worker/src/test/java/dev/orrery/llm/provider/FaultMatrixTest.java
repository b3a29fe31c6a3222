package dev.orrery.llm.provider;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.time.Ticker;
import dev.orrery.simulator.Simulator;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault a provider can have, before a healthy one, over real HTTP: the reader gets one
 * complete answer.
 */
class FaultMatrixTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Limits PATIENT = new Limits(LONG, LONG, LONG, LONG);
    private static final Limits HURRIED_AT_FIRST = new Limits(LONG, SHORT, LONG, LONG);
    private static final Limits HURRIED_LATER = new Limits(LONG, LONG, SHORT, LONG);
    private static final Step HEALTHY = step("sim/5-tokens", PATIENT);
    private static final Simulator SIMULATOR = Simulator.start(0);

    private final Providers providers =
            Providers.open(
                    Map.of("openai", settings()),
                    HttpSettings.defaults(),
                    Clock.systemUTC(),
                    Ticker.system());
    private final FallbackChain chain =
            new FallbackChain(
                    providers,
                    200_000,
                    Ticker.system(),
                    Clock.systemUTC(),
                    new SimpleMeterRegistry());

    @AfterEach
    void forget() {
        providers.close();
        SIMULATOR.reset();
    }

    @AfterAll
    static void closeSimulator() {
        SIMULATOR.close();
    }

    @ParameterizedTest
    @CsvSource({
        "status-400, rejected_input",
        "status-401, unauthorised",
        "status-403, unauthorised",
        "status-404, unauthorised",
        "status-408, server_error",
        "status-429, rate_limited",
        "status-429-credit_balance_exhausted, quota_exhausted",
        "status-500, server_error",
        "status-503, overloaded",
        "status-529, overloaded",
        "reset, connection_failed",
        "html, malformed_response",
        "redirect, malformed_response",
        "wrong-content-type, malformed_response",
        "error-first, server_error",
        "empty-answer, empty_response",
        "missing-keys, truncated_stream",
        "empty-choices, truncated_stream",
        "finish-content_filter, content_filtered",
        "end-after-0, truncated_stream",
        "cut-after-0, truncated_stream"
    })
    void switchesWhateverGoesWrongBeforeTheAnswer(String script, String result) {
        // when
        var events = run(step("sim/" + script, PATIENT), HEALTHY);

        // then
        assertThat(results(events)).containsExactly(result, CallTrace.ANSWERED);
    }

    @ParameterizedTest
    @CsvSource({
        "cut-after-3, truncated_stream",
        "end-after-3, truncated_stream",
        "error-after-3, server_error",
        "broken-event-after-3, malformed_response"
    })
    void startsOverWhateverGoesWrongInTheMiddle(String script, String result) {
        // when
        var events = run(step("sim/" + script, PATIENT), HEALTHY);

        // then
        assertThat(results(events)).containsExactly(result, CallTrace.ANSWERED);
        assertThat(events).contains(new ChainEvent.CallBegan(2, HEALTHY, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "headers-after-60s", "first-token-after-60s"})
    void switchesWhenTheFirstTextIsLate(String script) {
        // when
        var events = run(step("sim/" + script, HURRIED_AT_FIRST), HEALTHY);

        // then
        assertThat(results(events)).containsExactly("timed_out_first_token", CallTrace.ANSWERED);
        assertThat(events).contains(new ChainEvent.CallBegan(2, HEALTHY, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence-after-3", "silence-after-3-keep-alive-50ms"})
    void startsOverWhenFurtherTextIsLate(String script) {
        // when
        var events = run(step("sim/" + script, HURRIED_LATER), HEALTHY);

        // then
        assertThat(results(events)).containsExactly("timed_out_stall", CallTrace.ANSWERED);
        assertThat(events).contains(new ChainEvent.CallBegan(2, HEALTHY, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok",
                "no-usage",
                "usage-twice",
                "finish-twice",
                "text-after-finish",
                "comments",
                "split-utf8",
                "split-events",
                "joined-events",
                "crlf",
                "invalid-utf8",
                "finish-length",
                "finish-tired",
                "enormous-event-128-kib"
            })
    void takesAnAnswerThatIsMerelyOdd(String script) {
        // when
        var events = run(step("sim/" + script, PATIENT), HEALTHY);

        // then
        assertThat(results(events)).containsExactly(CallTrace.ANSWERED);
        assertThat(SIMULATOR.openai().calls().count(HEALTHY.model())).isZero();
    }

    @Test
    void leavesNoCallOpenThatItHasGivenUp() {
        // when
        run(
                step("sim/hang", HURRIED_AT_FIRST),
                step("sim/silence-after-2", HURRIED_LATER),
                HEALTHY);

        // then
        await().untilAsserted(() ->
                assertThat(SIMULATOR.openai().calls().all())
                        .extracting(call -> call.state())
                        .containsExactly(
                                CallState.CANCELLED, CallState.CANCELLED, CallState.ANSWERED));
    }

    @Test
    void passesNothingOnThatAProviderSaidOfItsFailure() {
        // when
        var events =
                run(
                        step("sim/status-500", PATIENT),
                        step("sim/error-first", PATIENT),
                        step("sim/error-after-2", PATIENT),
                        step("sim/html", PATIENT));

        // then
        assertThat(events.toString()).doesNotContain(Fault.SECRET_MARKER);
        assertThat(events.getLast()).isInstanceOf(ChainEvent.Failed.class);
    }

    @Test
    void skipsAProviderThatHasNoKey() {
        // given
        var keyless = new Step("groq", "llama", null, 0, PATIENT);

        // when
        var events = run(keyless, HEALTHY);

        // then
        assertThat(results(events))
                .containsExactly(CallTrace.PROVIDER_UNAVAILABLE, CallTrace.ANSWERED);
    }

    private static ProviderSettings settings() {
        return new ProviderSettings(
                ProviderSettings.Protocol.OPENAI,
                URI.create(SIMULATOR.url() + "/openai/v1"),
                "any",
                true,
                null,
                true,
                false,
                Map.of());
    }

    private List<ChainEvent> run(Step... steps) {
        var conversation =
                new Conversation(
                        "Be brief.",
                        List.of(new Message(Role.USER, "Will I be famous?")),
                        null,
                        null,
                        null,
                        200);
        // Not as a Java stream: that would take a lock on the event loop.
        return requireNonNull(
                chain.run(new ChainRequest("turn-1", conversation, List.of(steps), 1, LONG))
                        .collectList()
                        .block(LONG.multipliedBy(2)));
    }

    private static Step step(String model, Limits limits) {
        return new Step("openai", model, null, 0, limits);
    }

    private static List<String> results(List<ChainEvent> events) {
        var answered = (ChainEvent.Answered) events.getLast();
        return answered.calls().stream().map(CallTrace::result).toList();
    }
}
