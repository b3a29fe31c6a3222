package dev.orrery.llm.openai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judgement of texts over real HTTP. */
class OpenAiModeratorTest extends SimulatedOpenAi {

    private OpenAiModerator moderator(String service) {
        return new OpenAiModerator(
                endpoint(URI.create(provider.url(service)), "any"), client, Clock.systemUTC());
    }

    private Set<String> judged(String service, String text) {
        return requireNonNull(
                moderator(service).judge("omni-moderation-latest", text, PATIENCE).block(PATIENCE));
    }

    @Test
    void tellsWhatTheModelFinds() {
        // when
        var found = judged("openai", "A duel [flag:violence] and worse [flag:self-harm/intent]");

        // then
        assertThat(found).containsExactlyInAnyOrder("violence", "self-harm/intent");
        assertThat(sent().path("model").asString()).isEqualTo("omni-moderation-latest");
        assertThat(sent().path("input").asString()).startsWith("A duel");
        assertThat(judged("openai", "Good day.")).isEmpty();
    }

    @Test
    void readsAJudgementThatSaysNothingBesideItsCategories() {
        assertThat(judged("mistral", "[flag:selfharm]")).containsExactly("selfharm");
        assertThat(judged("mistral", "Good day.")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "status-401, Unauthorised",
        "status-429, RateLimited",
        "status-503, Overloaded",
        "reset, ConnectionFailed",
        "html, MalformedResponse",
        "missing-keys, MalformedResponse",
        "empty-choices, MalformedResponse",
        "broken-event-after-2, MalformedResponse",
        "error-first, MalformedResponse",
        "cut-after-2, TruncatedStream"
    })
    void failsWithTheOneFailureThatWentWrong(String script, String failure) {
        // when
        var failed =
                catchThrowableOfType(
                        ModelFailure.class,
                        () ->
                                moderator("openai")
                                        .judge("sim/" + script, "Hello", PATIENCE)
                                        .block(PATIENCE));

        // then
        assertThat(requireNonNull(failed).getClass().getSimpleName()).isEqualTo(failure);
        assertThat(failed.toString()).doesNotContain("Hello", Fault.SECRET_MARKER);
    }

    @Test
    void closesTheConnectionOfACallThatNobodyWaitsFor() {
        // given
        var call = moderator("openai").judge("sim/hang", "Hello", PATIENCE).subscribe();
        await().until(() -> !provider.openai().calls().all().isEmpty());

        // when
        call.dispose();

        // then
        await().untilAsserted(() ->
                assertThat(provider.openai().calls().all().getFirst().state())
                        .isEqualTo(CallState.CANCELLED));
    }
}
