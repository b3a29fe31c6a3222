package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static dev.orrery.llm.chain.Chains.step;
import static dev.orrery.llm.chain.Courses.BACKOFF;
import static dev.orrery.llm.chain.Courses.DRAWN;
import static dev.orrery.llm.chain.Courses.KEY;
import static dev.orrery.llm.chain.Courses.MALFORMED;
import static dev.orrery.llm.chain.Courses.MUCH;
import static dev.orrery.llm.chain.Courses.PASSING;
import static dev.orrery.llm.chain.Courses.WILLING;
import static dev.orrery.llm.chain.Courses.call;
import static dev.orrery.llm.chain.Courses.course;
import static dev.orrery.llm.chain.Courses.failed;
import static dev.orrery.llm.chain.Courses.having;
import static dev.orrery.llm.chain.Courses.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.chain.Course.Next.Surrender;
import dev.orrery.llm.chain.Refusals.Then;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked next, after what became of the calls before. */
class CourseTest {

    @Test
    void asksTheStepsInTheirOrder() {
        // given
        var course = course(PRIMARY, SECOND, THIRD);

        // when
        var first = call(course.begin(MUCH));
        var second = call(failed(course, first, MALFORMED));
        var third = call(failed(course, second, PASSING));
        var end = failed(course, third, KEY);

        // then
        assertThat(List.of(first.step(), second.step(), third.step()))
                .containsExactly(PRIMARY, SECOND, THIRD);
        assertThat(List.of(first.number(), second.number(), third.number()))
                .containsExactly(1, 2, 3);
        assertThat(end).isEqualTo(new Surrender(FailureCode.ALL_PROVIDERS_FAILED));
        assertThat(results(course))
                .containsExactly("malformed_response", "overloaded", "unauthorised");
    }

    @Test
    void triesAStepAgainAsOftenAsItsRetriesSay() {
        // given
        var course = course(step("openai", "gpt", 2), SECOND);

        // when
        var first = call(course.begin(MUCH));
        var again = call(failed(course, first, PASSING));
        var last = call(failed(course, again, PASSING));
        var next = call(failed(course, last, PASSING));

        // then
        assertThat(first.pause()).isZero();
        assertThat(again.step()).isEqualTo(first.step());
        assertThat(again.pause()).isEqualTo(DRAWN);
        assertThat(last.step()).isEqualTo(first.step());
        assertThat(next.step()).isEqualTo(SECOND);
        assertThat(next.pause()).isZero();
    }

    @Test
    void doesNotTryAgainWhatDoesNotPass() {
        // given
        var course = course(step("openai", "gpt", 5), SECOND);
        var first = call(course.begin(MUCH));

        // when
        var next = call(failed(course, first, KEY));

        // then
        assertThat(next.step()).isEqualTo(SECOND);
    }

    @Test
    void leavesAProviderAloneForAsLongAsItAsked() {
        // given
        var course = course(step("openai", "gpt", 1));
        var first = call(course.begin(MUCH));
        var limited = new ModelFailure.RateLimited("status 429", Duration.ofSeconds(3));

        // when
        var again = call(failed(course, first, limited));

        // then
        assertThat(again.pause()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void passesOverWhoAsksForMoreThanHalfOfThePatienceThatIsLeft() {
        // given
        var course = course(step("openai", "gpt", 1), SECOND);
        var first = call(course.begin(MUCH));
        var limited = new ModelFailure.RateLimited("status 429", Duration.ofSeconds(31));

        // when
        var next = call(failed(course, first, limited));

        // then
        assertThat(next.step()).isEqualTo(SECOND);
    }

    @Test
    void skipsAStepThatIsIdenticalToTheOneThatJustFailed() {
        // given
        var course = course(PRIMARY, PRIMARY, PRIMARY, SECOND);
        var first = call(course.begin(MUCH));

        // when
        var next = call(failed(course, first, PASSING));

        // then
        assertThat(next.step()).isEqualTo(SECOND);
        assertThat(next.number()).isEqualTo(4);
        assertThat(results(course))
                .containsExactly("overloaded", "skipped_duplicate", "skipped_duplicate");
    }

    @Test
    void asksATargetAgainLaterWhenItsFailureMayHavePassed() {
        // given
        var course = course(PRIMARY, SECOND, PRIMARY);
        var first = call(course.begin(MUCH));
        var second = call(failed(course, first, PASSING));

        // when
        var third = call(failed(course, second, PASSING));

        // then
        assertThat(third.step()).isEqualTo(PRIMARY);
    }

    @Test
    void neverAsksATargetAgainThatWillNotDoForThisTurn() {
        // given
        var course = course(PRIMARY, SECOND, PRIMARY, THIRD);
        var first = call(course.begin(MUCH));
        var second = call(failed(course, first, KEY));

        // when
        var next = call(failed(course, second, PASSING));

        // then
        assertThat(next.step()).isEqualTo(THIRD);
        assertThat(results(course))
                .containsExactly("unauthorised", "overloaded", "skipped_duplicate");
    }

    @Test
    void skipsProvidersThatThisProcessDoesNotHave() {
        // given
        var course =
                new Course(
                        List.of(PRIMARY, SECOND),
                        new ModelTerms(having("groq"), false, false),
                        BACKOFF,
                        1,
                        Refusals.DEFAULT,
                        false);

        // when
        var first = call(course.begin(MUCH));

        // then
        assertThat(first.step()).isEqualTo(SECOND);
        assertThat(first.number()).isEqualTo(2);
        assertThat(results(course)).containsExactly("provider_unavailable");
    }

    @Test
    void surrendersAtOnceWhenThereIsNobodyToAsk() {
        // given
        var course = course();

        // when
        var end = course.begin(MUCH);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.ALL_PROVIDERS_FAILED));
    }

    @Test
    void surrendersToTheDeadlineBeforeACall() {
        // given
        var course = course(PRIMARY);

        // when
        var end = course.begin(Duration.ZERO);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.DEADLINE_EXCEEDED));
        assertThat(course.traces()).isEmpty();
    }

    @Test
    void surrendersToTheDeadlineDuringACall() {
        // given
        var course = course(PRIMARY, SECOND);
        var first = call(course.begin(MUCH));

        // when
        var end =
                failed(
                        course,
                        first,
                        new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.DEADLINE));

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.DEADLINE_EXCEEDED));
        assertThat(results(course)).containsExactly("timed_out_deadline");
    }

    @Test
    void tellsAMessageThatEveryModelRefusesFromAnOutage() {
        // given
        var course = course(PRIMARY, SECOND);
        var first = call(course.begin(MUCH));
        var second = call(failed(course, first, new ModelFailure.ContentFiltered("refused")));

        // when
        var end = failed(course, second, new ModelFailure.ContextTooLong("too long"));

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.CONTENT_REFUSED));
    }

    @Test
    void makesNoMoreCallsThanARunHasEpochs() {
        // given
        var course =
                course(
                        Collections.nCopies(60, List.of(PRIMARY, SECOND)).stream()
                                .flatMap(List::stream)
                                .toArray(Step[]::new));
        var next = course.begin(MUCH);

        // when
        while (next instanceof Next.Call call) {
            next = failed(course, call, PASSING);
        }

        // then
        assertThat(next).isEqualTo(new Surrender(FailureCode.ALL_PROVIDERS_FAILED));
        assertThat(course.traces()).hasSize(Traces.MOST_CALLS);
    }

    @Test
    void numbersItsCallsFromTheFirstNumberOfTheRun() {
        // given
        var course =
                new Course(
                        List.of(PRIMARY, SECOND), WILLING, BACKOFF, 101, Refusals.DEFAULT, false);
        var first = call(course.begin(MUCH));

        // when
        var second = call(failed(course, first, PASSING));

        // then
        assertThat(second.number()).isEqualTo(102);
        assertThat(course.traces()).extracting(CallTrace::number).containsExactly(101);
    }

    /** A run that asks models in several rounds has no more numbers than one that asks once. */
    @Test
    void sharesTheNumbersOfItsRunWithTheChainsBeforeIt() {
        // given
        var course =
                new Course(
                        Collections.nCopies(5, PRIMARY),
                        WILLING,
                        BACKOFF,
                        199,
                        Refusals.DEFAULT,
                        true);
        var next = course.begin(MUCH);

        // when
        while (next instanceof Next.Call call) {
            next = failed(course, call, PASSING);
        }

        // then
        assertThat(course.traces()).extracting(CallTrace::number).containsExactly(199, 200);
    }

    @Test
    void endsWithTheFirstRefusalWhereTheConfigurationWantsIt() {
        // given
        var course =
                new Course(
                        List.of(PRIMARY, SECOND),
                        WILLING,
                        BACKOFF,
                        1,
                        new Refusals(Then.FINAL, Then.NEXT_ATTEMPT),
                        false);
        var first = call(course.begin(MUCH));

        // when
        var end = failed(course, first, new ModelFailure.ContentFiltered("refused"));

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.CONTENT_REFUSED));
    }
}
