package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.deltas.Pace;
import dev.orrery.llm.deltas.ReplyWriters;
import dev.orrery.llm.leases.LeaseRenewal;
import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.run.Detached;
import dev.orrery.llm.run.Endings;
import dev.orrery.llm.run.RunIds;
import dev.orrery.llm.run.Runs;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.PublishedAnnouncements;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The flow over rows in memory and a scripted model; no real time passes. */
class LlmFlowTest {

    private static final UUID TURN = Examples.TURN;

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TurnBook turns = new TurnBook(time.clock());
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final LiveRuns live = new LiveRuns(meters);
    private final LeaseRenewal renewal =
            new LeaseRenewal(live, turns, TurnBook.LEASE, time.ticker());
    private ScriptedModel model = model(Script.answer("Good ", "day.").usage(30, 4));

    @BeforeEach
    void begin() {
        turns.add(Examples.openTurn(TURN));
        renewal.start();
    }

    @AfterEach
    void end() {
        renewal.stop();
    }

    @Test
    void streamsTheAnswerStoresItAndTellsBoth() {
        // when
        var handled = handle();
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Good ",
                        "1/1 DELTA day.",
                        "1/2 COMPLETED Good day.");
        assertThat(outcome().getState()).isEqualTo(OutcomeState.COMPLETED);
        assertThat(outcome().getText()).isEqualTo("Good day.");
        assertThat(outcome().getUsage().getOutputTokens()).isEqualTo(4);
        assertThat(outcome().getUsage().getEstimated()).isFalse();
    }

    @Test
    void storesTheAnswerBeforeItTellsTheEnd() {
        // given
        model = model(Script.answer("Good day."));
        publisher.onPublish(event -> {
            if (event.value() instanceof ReplyEvent reply
                    && reply.getKind() == ReplyKind.COMPLETED) {
                assertThat(turns.row(TURN).ending()).isNotNull();
            }
        });

        // when
        var handled = handle();

        // then
        assertThat(handled).isCompleted();
    }

    @Test
    void tellsAStoredAnswerAgainAndBuysNone() {
        // given
        handle();
        time.advance(Duration.ofSeconds(1));
        var first = publisher.published();

        // when
        var again = handle();

        // then
        var repeated = publisher.published().subList(first.size(), publisher.published().size());
        assertThat(again).isCompleted();
        assertThat(model.prompts()).hasSize(1);
        assertThat(repeated)
                .extracting(LlmFlowTest::id)
                .isSubsetOf(first.stream().map(LlmFlowTest::id).toList());
        assertThat(repeated)
                .extracting(event -> event.value().getClass().getSimpleName())
                .containsExactly("ReplyEvent", "ReplyEvent", "ChatOutcome");
    }

    @Test
    void waitsForALiveRunAndTellsWhatItStored() {
        // given
        model =
                model(
                        Script.nothing()
                                .text("Good")
                                .pause(Duration.ofSeconds(20))
                                .text(" day.")
                                .finish(FinishReason.STOP));
        var first = handle();
        var second = handle();
        time.advance(Duration.ofSeconds(14));
        boolean before = second.isDone();

        // when
        time.advance(Duration.ofSeconds(7));

        // then
        assertThat(before).isFalse();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(model.prompts()).hasSize(1);
    }

    @Test
    void continuesInHigherEpochsWhereADeadRunLeftOff() {
        // given
        turns.steal(TURN);
        var handled = handle();
        time.advance(TurnBook.LEASE.minusMillis(300));
        var before = replies();

        // when
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(before).containsExactly("0/3 PROGRESS llm");
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "101/0 RESTARTED 101",
                        "101/1 DELTA Good ",
                        "101/2 DELTA day.",
                        "101/3 COMPLETED Good day.");
    }

    @Test
    void tellsAFailureInFriendlyWordsAndForNothing() {
        // given
        model =
                model(
                        Script.nothing()
                                .text("Good mor")
                                .fail(new ModelFailure.ServerError("500", null)));

        // when
        var handled = handle();

        // then
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "1/0 DELTA Good mor",
                        "1/1 FAILED all_providers_failed");
        assertThat(outcome().getState()).isEqualTo(OutcomeState.FAILED);
        assertThat(outcome().getChargeMicros()).isZero();
        assertThat(outcome().getAttempts())
                .extracting(attempt -> attempt.getResult())
                .containsExactly("server_error");
    }

    @Test
    void finishesItsAnswerWhenItsRecordIsTakenAway() {
        // given
        model = model(slow());
        var subscription = flow().handle(prompt()).subscribe();

        // when
        subscription.dispose();
        time.advance(Duration.ofSeconds(20));

        // then
        assertThat(model.cancelled()).isZero();
        assertThat(turns.row(TURN).ending()).isNotNull();
        assertThat(replies()).last().isEqualTo("1/2 COMPLETED Good day.");
    }

    @Test
    void keepsItsLeaseForAsLongAsItAnswers() {
        // given
        model = model(Script.nothing().text("Good").silence());
        handle();

        // when
        time.advance(Duration.ofSeconds(14));

        // then
        assertThat(turns.isLeased(TURN)).isTrue();
    }

    @Test
    void notesTheFirstVisibleTextInTheRowAtOnce() {
        // given
        model = model(Script.nothing().pause(Duration.ofMillis(100)).text("Good").silence());
        handle();
        var before = turns.delivered(TURN);

        // when
        time.advance(Duration.ofMillis(100));

        // then
        assertThat(before).isZero();
        assertThat(turns.delivered(TURN)).isPositive();
    }

    @Test
    void breaksItsCallOffWhenTheTurnIsCancelled() {
        // given
        model = model(Script.nothing().text("Good").silence());
        var handled = handle();
        turns.finish(TURN, new Finish.Cancelled()).block();

        // when
        live.stop(TURN, StopReason.CANCELLED);

        // then
        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(handled).isCompleted();
        assertThat(replies()).last().isEqualTo("101/0 FAILED cancelled");
    }

    @Test
    void noticesAtItsNextRenewalThatItHasLostTheTurn() {
        // given
        model = model(Script.nothing().text("Good").silence());
        handle();
        turns.steal(TURN);

        // when
        time.advance(TurnBook.LEASE.dividedBy(3));

        // then
        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(live.count()).isZero();
    }

    @Test
    void saysNothingMoreAsAZombieAndWaitsForTheOther() {
        // given
        model = model(slow());
        renewal.stop();
        var handled = handle();
        turns.steal(TURN);

        // when
        time.advance(Duration.ofSeconds(4));

        // then
        assertThat(turns.row(TURN).ending()).isNull();
        assertThat(handled).isNotDone();
        assertThat(replies()).noneMatch(reply -> reply.contains("COMPLETED"));
    }

    @Test
    void storesAnAnswerAgainWhileTheDatabaseIsAway() {
        // given
        model = model(slow());
        var handled = handle();
        turns.failNext(3);

        // when
        time.advance(Duration.ofSeconds(3));

        // then
        await().untilAsserted(() -> {
            time.advance(Duration.ofMillis(1));
            assertThat(handled).isCompleted();
        });
        assertThat(model.prompts()).hasSize(1);
        assertThat(turns.row(TURN).ending()).isNotNull();
    }

    @Test
    void estimatesWhatTheProviderDoesNotSayAndMarksIt() {
        // given
        model = model(Script.answer("Good day."));

        // when
        handle();

        // then
        assertThat(outcome().getUsage().getEstimated()).isTrue();
        assertThat(outcome().getUsage().getOutputTokens()).isEqualTo(3);
        assertThat(outcome().getUsage().getInputTokens()).isPositive();
    }

    @Test
    void endsAtTheDeadlineInWordsOfItsOwn() {
        // given
        model = model(Script.nothing().silence(), Script.nothing().silence());
        var patient =
                PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                        .setFirstTokenMillis(120_000)
                        .setTotalMillis(120_000)
                        .build();
        var handled =
                flow().handle(Examples.prompt(Examples.openTurn(TURN), patient)).then().toFuture();

        // when
        time.advance(Examples.PATIENCE);

        // then
        assertThat(handled).isCompleted();
        assertThat(replies()).last().isEqualTo("1/0 FAILED deadline_exceeded");
    }

    @Test
    void failsForGoodOnATurnThatIsNotThere() {
        // given
        var unknown = Examples.openTurn(UUID.randomUUID());

        // when
        var handled = flow().handle(Examples.prompt(unknown)).then().toFuture();

        // then
        assertThat(handled).isCompletedExceptionally();
        assertThat(handled.exceptionNow()).isInstanceOf(StageFailure.Permanent.class);
        assertThat(model.prompts()).isEmpty();
    }

    private static Script slow() {
        return Script.nothing()
                .text("Good")
                .pause(Duration.ofSeconds(3))
                .text(" day.")
                .finish(FinishReason.STOP);
    }

    private ScriptedModel model(Script... scripts) {
        return new ScriptedModel(time.ticker(), scripts);
    }

    private CompletableFuture<@Nullable Void> handle() {
        return flow().handle(prompt()).flatMap(publisher::publish).then().toFuture();
    }

    private static Event<PromptRendered> prompt() {
        return Examples.prompt(Examples.openTurn(TURN), Examples.attempt("openai", "gpt"));
    }

    private LlmFlow flow() {
        var ticker = time.ticker();
        var chain =
                new FallbackChain(
                        provider -> Optional.of(model), 1_000, ticker, time.clock(), meters);
        var runs =
                new Runs(
                        chain,
                        new ReplyWriters(publisher, Pace.defaults(), live::count, ticker),
                        live,
                        renewal,
                        new Endings(turns, time.clock(), meters),
                        time.clock(),
                        ticker);
        return new LlmFlow(
                turns,
                new RunIds(UUID.randomUUID()),
                runs,
                new Detached(),
                new PublishedAnnouncements(publisher, turns),
                ticker);
    }

    private static UUID id(Event<?> event) {
        return event.context().id();
    }

    private ChatOutcome outcome() {
        return publisher.published().stream()
                .map(Event::value)
                .filter(ChatOutcome.class::isInstance)
                .map(ChatOutcome.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private List<String> replies() {
        return publisher.replies().stream().map(Replies::line).toList();
    }
}
