package dev.orrery.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Prompt;
import dev.orrery.simulator.Simulator;
import dev.orrery.simulator.script.Fault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapter makes of faults. */
class OpenAiFaultsTest extends SimulatedOpenAi {

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
        assertThat(provider.openai().calls().count("redirected")).isZero();
    }

    @Test
    void asksOnceAndLeavesTriesToTheChain() {
        // when
        failure("sim/reset");

        // then
        assertThat(provider.openai().calls().count("sim/reset")).isEqualTo(1);
    }

    @Test
    void endsWithoutAFinishWhenTheProviderSaysNone() {
        // when
        var chunks = ask("sim/end-after-2");

        // then
        assertThat(chunks).hasSize(2).hasOnlyElementsOfType(ModelChunk.TextDelta.class);
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
}
