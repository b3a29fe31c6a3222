package dev.orrery.llm.gateway.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.Usage;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.Conversation;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class AnswersTest {

    private static final Outcome ANSWER =
            new Outcome.Answered(
                    "openai",
                    "gpt",
                    "stop",
                    "Yes.",
                    List.of(),
                    new Usage(1, 1, null, null, false),
                    List.of());
    private static final Outcome FAILURE =
            new Outcome.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of());

    private final ManualTime time = new ManualTime();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private final List<String> reused = new ArrayList<>();
    private Sinks.One<Outcome> chain = Sinks.one();

    private Answers answers(DataSize cache) {
        return new Answers(new ReuseSettings(cache, Duration.ofMinutes(10)), time.ticker());
    }

    private Mono<Outcome> asking(Answers answers, Asked asked) {
        var call =
                Mono.defer(
                                () -> {
                                    begun.incrementAndGet();
                                    return chain.asMono();
                                })
                        .doOnCancel(brokenOff::incrementAndGet);
        return answers.to(asked, call, reused::add);
    }

    private Answers answers() {
        return answers(DataSize.ofBytes(0));
    }

    private static Asked asked(
            String service, @Nullable String requestId, @Nullable Double temperature) {
        var second = Duration.ofSeconds(1);
        var step = new Step("openai", "gpt", null, 0, new Limits(second, second, second, second));
        var message = new Conversation.Message(Conversation.Role.USER, "Yes?");
        var conversation = new Conversation("", List.of(message), temperature, null, null, 100);
        return new Asked(
                service,
                null,
                requestId,
                new Question(conversation, List.of(step), second, Conduct.DEFAULT));
    }

    @Test
    void shareOneCallAmongThoseWhoAskTheSameAtTheSameTime() {
        // given
        var answers = answers();
        var heard = new ArrayList<Outcome>();
        asking(answers, asked("a", "r-1", 0.7)).subscribe(heard::add);
        asking(answers, asked("a", "r-1", 0.7)).subscribe(heard::add);

        // when
        chain.tryEmitValue(ANSWER);

        // then
        assertThat(begun).hasValue(1);
        assertThat(heard).containsExactly(ANSWER, ANSWER);
        assertThat(reused).containsExactly(Answers.IN_FLIGHT);
    }

    @Test
    void areNotSharedWhereTwoMayDiffer() {
        // given
        var answers = answers();

        // when
        asking(answers, asked("a", null, 0.7)).subscribe();
        asking(answers, asked("a", null, 0.7)).subscribe();
        asking(answers, asked("a", "r-1", 0.7)).subscribe();
        asking(answers, asked("b", "r-1", 0.7)).subscribe();

        // then
        assertThat(begun).hasValue(4);
        assertThat(reused).isEmpty();
    }

    @Test
    void areBegunAnewByWhoeverComesLater() {
        // given
        var answers = answers();
        asking(answers, asked("a", "r-1", null)).subscribe();
        chain.tryEmitValue(ANSWER);

        // when
        asking(answers, asked("a", "r-1", null)).subscribe();

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
    void areKeptForAWhileAtTemperatureZero() {
        // given
        var answers = answers(DataSize.ofMegabytes(1));
        asking(answers, asked("a", "r-1", 0.0)).subscribe();
        chain.tryEmitValue(ANSWER);

        // when
        var kept = asking(answers, asked("a", "r-2", 0.0)).block();
        time.advance(Duration.ofMinutes(11));
        asking(answers, asked("a", "r-3", 0.0)).subscribe();

        // then
        assertThat(kept).isEqualTo(ANSWER);
        assertThat(reused).containsExactly(Answers.CACHED);
        assertThat(begun).hasValue(2);
    }

    @Test
    void areNotKeptWhenNobodyHasAnswered() {
        // given
        var answers = answers(DataSize.ofMegabytes(1));
        asking(answers, asked("a", null, 0.0)).subscribe();
        chain.tryEmitValue(FAILURE);
        chain = Sinks.one();

        // when
        asking(answers, asked("a", null, 0.0)).subscribe();

        // then
        assertThat(begun).hasValue(2);
    }

    @Test
    void areKeptByNobodyUnlessThatIsWanted() {
        // given
        var answers = answers();
        asking(answers, asked("a", null, 0.0)).subscribe();
        chain.tryEmitValue(ANSWER);

        // when
        asking(answers, asked("a", null, 0.0)).subscribe();

        // then
        assertThat(begun).hasValue(2);
    }
}
