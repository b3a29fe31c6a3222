package dev.orrery.llm;

import static dev.orrery.llm.RunningLlmWorker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.TextPolicy;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.Event;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The app as it is deployed, where a revision says what is refused. */
@ExtendWith(SharedLlmWorker.class)
class LlmWorkerSafetyTest {

    private final RunningLlmWorker worker;
    private final RealServers servers;

    LlmWorkerSafetyTest(RunningLlmWorker worker) {
        this.worker = worker;
        this.servers = worker.servers();
    }

    private static Event<PromptRendered> judged(TurnRef turn, String message) {
        var prompt = Examples.prompt(turn, Examples.attempt("openai", "sim/3-tokens"));
        var input =
                TextPolicy.newBuilder()
                        .setBuiltIn(true)
                        .setProvider("openai")
                        .setModel("judge-1")
                        .build();
        var output = TextPolicy.newBuilder().build();
        return Examples.checked(prompt, message, new SafetyPolicy(input, output, "Call 14416."));
    }

    private ChatOutcome outcome(TurnRef turn) {
        return worker.outcome(turn);
    }

    @Test
    void refusesWhatTheModerationModelOfAProviderFinds() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(judged(turn, "A duel at dawn [flag:violence/graphic]"));

        // then
        var outcome = outcome(turn);
        assertThat(outcome.getCode()).isEqualTo("content_refused");
        assertThat(outcome.getMarks()).containsExactly("input_refused:violence");
        assertThat(outcome.getAttempts()).isEmpty();
        assertThat(outcome.getChargeMicros()).isZero();
        var asked = worker.provider().openai().calls().of("judge-1").getLast().received();
        assertThat(asked.header("authorization")).isEqualTo("Bearer sk-test");
        await().atMost(PATIENCE)
                .until(() ->
                        worker.spans("orrery.turn.id", turn.getTurnId()).stream()
                                .anyMatch(span -> span.getName().equals("moderate judge-1")));
        assertThat(worker.langfuse().spans().toString()).doesNotContain("A duel at dawn");
    }

    @Test
    void helpsForNothingAsTheRowSays() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(judged(turn, "I want to end my life"));

        // then
        var outcome = outcome(turn);
        assertThat(outcome.getText()).isEqualTo("Call 14416.");
        assertThat(outcome.getMarks()).containsExactly("crisis");
        assertThat(servers.database().column("charge_micros", turn)).isEqualTo("0");
        assertThat(servers.database().column("marks", turn)).isEqualTo("{crisis}");
        assertThat(servers.database().column("provider", turn)).isEqualTo("orrery");
    }

    @Test
    void answersWhatNobodyFindsAnythingIn() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(judged(turn, "Will I be famous?"));

        // then
        var outcome = outcome(turn);
        assertThat(outcome.getState()).isEqualTo(OutcomeState.COMPLETED);
        assertThat(outcome.getMarks()).isEmpty();
        assertThat(outcome.getChargeMicros()).isPositive();
    }
}
