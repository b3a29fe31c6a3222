package dev.orrery.llm.gateway.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainEvent.Answered;
import dev.orrery.llm.chain.ChainEvent.CallBegan;
import dev.orrery.llm.chain.ChainEvent.Text;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class AnswersTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Step STEP =
            new Step("openai", "gpt", null, 0, new Limits(SECOND, SECOND, SECOND, SECOND));
    private static final ChainEvent BEGAN = new CallBegan(1, STEP, false);
    private static final ChainEvent ANSWERED =
            new Answered(
                    STEP,
                    FinishReason.STOP,
                    new ModelChunk.Usage(1, 1, null, null),
                    Instant.EPOCH,
                    List.of(new CallTrace(1, "openai", "gpt", null, "answered", 0L, 0, null)));
    private static final ChainEvent FAILED =
            new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of());

    private final ManualTime time = new ManualTime();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private final List<String> reused = new ArrayList<>();
    private Sinks.Many<ChainEvent> chain = Sinks.many().unicast().onBackpressureBuffer();

    private Answers answers(DataSize cache) {
        return new Answers(
                new ReuseSettings(cache, Duration.ofMinutes(10)), time.clock(), time.ticker());
    }

    private Answers answers() {
        return answers(DataSize.ofBytes(0));
    }

    private Flux<ChainEvent> asking(Answers answers, Asked asked) {
        var call =
                Flux.defer(
                                () -> {
                                    begun.incrementAndGet();
                                    return chain.asFlux();
                                })
                        .doOnCancel(brokenOff::incrementAndGet);
        return answers.to(asked, call, reused::add);
    }

    private List<ChainEvent> hearing(Answers answers, Asked asked) {
        var heard = new ArrayList<ChainEvent>();
        asking(answers, asked).subscribe(heard::add);
        return heard;
    }

    private void tell(ChainEvent... events) {
        for (var event : events) {
            chain.tryEmitNext(event).orThrow();
        }
    }

    private void end(ChainEvent last) {
        tell(last);
        chain.tryEmitComplete().orThrow();
        chain = Sinks.many().unicast().onBackpressureBuffer();
    }

    private static Asked asked(
            String service, @Nullable String requestId, @Nullable Double temperature) {
        var message = new Conversation.Message(Conversation.Role.USER, "Yes?");
        var conversation = new Conversation("", List.of(message), temperature, null, null, 100);
        var question = new Question(conversation, List.of(STEP), SECOND, Conduct.DEFAULT);
        return new Asked(service, null, requestId, question, true);
    }

    /** As one asks whose stream may not start over. */
    private static Asked plain(Asked asked) {
        return new Asked(asked.service(), asked.user(), asked.requestId(), asked.question(), false);
    }

    @Test
    void shareOneCallAmongThoseWhoAskTheSameAtTheSameTime() {
        // given
        var answers = answers();
        var one = hearing(answers, asked("a", "r-1", 0.7));
        var other = hearing(answers, asked("a", "r-1", 0.7));

        // when
        end(ANSWERED);

        // then
        assertThat(begun).hasValue(1);
        assertThat(one).containsExactly(ANSWERED);
        assertThat(other).containsExactly(ANSWERED);
        assertThat(reused).containsExactly(Answers.IN_FLIGHT);
    }

    @Test
    void tellTheFirstCallerEveryEventWhenItComes() {
        // given
        var heard = hearing(answers(), asked("a", "r-1", null));

        // when
        tell(BEGAN, new Text("Yes"));

        // then
        assertThat(heard).containsExactly(BEGAN, new Text("Yes"));
    }

    @Test
    void tellWhoeverComesLateWhatItHasMissedInOnePiece() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        tell(BEGAN, new Text("Yes"), new Text(", and "));

        // when
        var late = hearing(answers, asked("a", "r-1", null));
        tell(new Text("no."));
        end(ANSWERED);

        // then
        assertThat(late).containsExactly(BEGAN, new Text("Yes, and "), new Text("no."), ANSWERED);
        assertThat(begun).hasValue(1);
    }

    @Test
    void tellNobodyOfAnAnswerThatHasBecomeVoidBeforeItCame() {
        // given
        var answers = answers();
        var first = hearing(answers, asked("a", "r-1", null));
        tell(BEGAN, new Text("No"), new CallBegan(2, STEP, true));

        // when
        var late = hearing(answers, asked("a", "r-1", null));
        tell(new Text("Yes"), new CallBegan(3, STEP, true));

        // then
        assertThat(first).contains(new CallBegan(2, STEP, true));
        assertThat(late)
                .containsExactly(
                        new CallBegan(2, STEP, false),
                        new Text("Yes"),
                        new CallBegan(3, STEP, true));
    }

    @Test
    void tellWhoeverComesLateOfTheToolsThatWereCalled() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        tell(BEGAN, piece("c-1", "now", "{\"zone\":", "signed"), piece(null, null, "1}", null));

        // when
        var late = hearing(answers, asked("a", "r-1", null));

        // then
        assertThat(late).containsExactly(BEGAN, piece("c-1", "now", "{\"zone\":1}", "signed"));
    }

    private static ChainEvent piece(
            @Nullable String id,
            @Nullable String name,
            String arguments,
            @Nullable String signature) {
        return new ChainEvent.ToolFragment(
                new ModelChunk.ToolFragment(0, id, name, arguments, signature));
    }

    @Test
    void shareNoneThatStartsOverWithACallerWhoIsNotReadyForThat() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        chain = Sinks.many().unicast().onBackpressureBuffer();

        // when
        hearing(answers, plain(asked("a", "r-1", null)));

        // then
        assertThat(begun).hasValue(2);
    }

    @Test
    void passADefectOnToAll() {
        // given
        var answers = answers();
        var defects = new ArrayList<Throwable>();
        asking(answers, asked("a", "r-1", null)).subscribe(event -> {}, defects::add);
        asking(answers, asked("a", "r-1", null)).subscribe(event -> {}, defects::add);

        // when
        chain.tryEmitError(new IllegalStateException("BUG")).orThrow();

        // then
        assertThat(defects).hasSize(2);
    }

    @Test
    void areNotSharedWhereTwoMayDiffer() {
        // given
        var answers = answers();

        // when
        for (var asked :
                List.of(
                        asked("a", null, 0.7),
                        asked("a", null, 0.7),
                        asked("a", "r-1", 0.7),
                        asked("b", "r-1", 0.7))) {
            hearing(answers, asked);
            chain = Sinks.many().unicast().onBackpressureBuffer();
        }

        // then
        assertThat(begun).hasValue(4);
        assertThat(reused).isEmpty();
    }

    @Test
    void areBegunAnewByWhoeverComesLater() {
        // given
        var answers = answers();
        hearing(answers, asked("a", "r-1", null));
        end(ANSWERED);

        // when
        hearing(answers, asked("a", "r-1", null));

        // then
        assertThat(begun).hasValue(2);
    }

    @Test
    void areBrokenOffWhenTheLastOneHasGone() {
        // given
        var answers = answers();
        var one = asking(answers, asked("a", "r-1", null)).subscribe();
        var other = asking(answers, asked("a", "r-1", null)).subscribe();
        one.dispose();
        assertThat(brokenOff).hasValue(0);

        // when
        other.dispose();

        // then
        assertThat(brokenOff).hasValue(1);
        assertThat(begun).hasValue(1);
    }

    @Test
    void areBegunAnewWhereAllHaveGone() {
        // given
        var answers = answers();
        asking(answers, asked("a", "r-1", null)).subscribe().dispose();
        chain = Sinks.many().unicast().onBackpressureBuffer();

        // when
        var heard = hearing(answers, asked("a", "r-1", null));
        end(ANSWERED);

        // then
        assertThat(begun).hasValue(2);
        assertThat(heard).containsExactly(ANSWERED);
        assertThat(reused).isEmpty();
    }

    @Test
    void goOnForTheOthersWhenTheFirstCallerHasGone() {
        // given
        var answers = answers();
        Disposable first = asking(answers, asked("a", "r-1", null)).subscribe();
        var other = hearing(answers, asked("a", "r-1", null));

        // when
        first.dispose();
        end(ANSWERED);

        // then
        assertThat(other).containsExactly(ANSWERED);
        assertThat(brokenOff).hasValue(0);
    }

    @Test
    void areKeptForAWhileAtTemperatureZero() {
        // given
        var answers = answers(DataSize.ofMegabytes(1));
        hearing(answers, asked("a", "r-1", 0.0));
        tell(BEGAN, new Text("Yes."));
        end(ANSWERED);

        // when
        var kept = hearing(answers, plain(asked("a", "r-2", 0.0)));
        time.advance(Duration.ofMinutes(11));
        hearing(answers, asked("a", "r-3", 0.0));

        // then
        assertThat(kept).startsWith(BEGAN, new Text("Yes."));
        assertThat(kept.getLast())
                .isInstanceOfSatisfying(
                        Answered.class,
                        end -> assertThat(end.usage()).isEqualTo(((Answered) ANSWERED).usage()));
        assertThat(reused).containsExactly(Answers.CACHED);
        assertThat(begun).hasValue(2);
    }

    @Test
    void areNotKeptWhenNobodyHasAnswered() {
        // given
        var answers = answers(DataSize.ofMegabytes(1));
        hearing(answers, asked("a", null, 0.0));
        end(FAILED);

        // when
        hearing(answers, asked("a", null, 0.0));

        // then
        assertThat(begun).hasValue(2);
    }

    @Test
    void areKeptByNobodyUnlessThatIsWanted() {
        // given
        var answers = answers();
        hearing(answers, asked("a", null, 0.0));
        end(ANSWERED);

        // when
        hearing(answers, asked("a", null, 0.0));

        // then
        assertThat(begun).hasValue(2);
    }
}
