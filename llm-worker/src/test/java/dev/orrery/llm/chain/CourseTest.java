package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static dev.orrery.llm.chain.Chains.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.chain.Course.Next.Surrender;
import dev.orrery.llm.chain.Refusals.Then;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final Duration MUCH = Duration.ofSeconds(60);
    private static final Duration DRAWN = Duration.ofMillis(150);
    private static final Timing TIMING = new Timing(null, 20);
    private static final ModelFailure PASSING = new ModelFailure.Overloaded("status 503", null);
    private static final ModelFailure MALFORMED = new ModelFailure.MalformedResponse("no JSON");
    private static final ModelFailure KEY = new ModelFailure.Unauthorised("status 401");

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
                        provider -> provider.equals("groq"),
                        tries -> DRAWN,
                        1,
                        Refusals.DEFAULT);

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
        assertThat(course.traces()).hasSize(Course.MAX_CALLS);
    }

    @Test
    void numbersItsCallsFromTheFirstNumberOfTheRun() {
        // given
        var course =
                new Course(
                        List.of(PRIMARY, SECOND),
                        provider -> true,
                        tries -> DRAWN,
                        101,
                        Refusals.DEFAULT);
        var first = call(course.begin(MUCH));

        // when
        var second = call(failed(course, first, PASSING));

        // then
        assertThat(second.number()).isEqualTo(102);
        assertThat(course.traces()).extracting(CallTrace::number).containsExactly(101);
    }

    @Test
    void goesOnToTheNextStepWhenACallIsNotToBeMade() {
        // given
        var course = course(step("openai", "gpt", 3), SECOND);
        var first = call(course.begin(MUCH));

        // when
        var next = call(course.refused(first, Reason.OVERLOADED, MUCH));

        // then
        assertThat(next).isEqualTo(new Next.Call(SECOND, 2, Duration.ZERO, false));
        assertThat(results(course)).containsExactly("overloaded");
    }

    @Test
    void asksTheFirstOpenStepAllTheSameWhenNobodyElseCouldBeAsked() {
        // given
        var course = course(PRIMARY, SECOND, THIRD);
        var first = call(course.begin(MUCH));
        var second = call(course.refused(first, Reason.OVERLOADED, MUCH));
        var third = call(course.refused(second, Reason.SKIPPED_OPEN, MUCH));

        // when
        var next = course.refused(third, Reason.SKIPPED_OPEN, MUCH);

        // then
        assertThat(next).isEqualTo(new Next.Call(SECOND, 4, Duration.ZERO, true));
        assertThat(results(course)).containsExactly("overloaded", "skipped_open", "skipped_open");
    }

    @Test
    void hasOneLastResortAndNoSecondOne() {
        // given
        var course = course(PRIMARY);
        var first = call(course.begin(MUCH));
        var last = call(course.refused(first, Reason.SKIPPED_OPEN, MUCH));

        // when
        var end = course.refused(last, Reason.OVERLOADED, MUCH);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.ALL_PROVIDERS_FAILED));
    }

    @Test
    void passesOverOpenStepsOnceSomebodyWasAsked() {
        // given
        var course = course(PRIMARY, SECOND);
        var first = call(course.begin(MUCH));
        var second = call(failed(course, first, MALFORMED));

        // when
        var end = course.refused(second, Reason.SKIPPED_OPEN, MUCH);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.ALL_PROVIDERS_FAILED));
        assertThat(results(course)).containsExactly("malformed_response", "skipped_open");
    }

    @Test
    void givesAStepUpThatIsNotToBeTriedAgain() {
        // given
        var course = course(step("openai", "gpt", 3), SECOND);
        var first = call(course.begin(MUCH));
        var again = call(failed(course, first, PASSING));

        // when
        var next = call(course.refused(again, Reason.SKIPPED_OPEN, MUCH));

        // then
        assertThat(next.step()).isEqualTo(SECOND);
        assertThat(results(course)).containsExactly("overloaded", "skipped_open");
    }

    @Test
    void tellsAnEmptyPurseFromAnOutage() {
        // given
        var course = course(PRIMARY, SECOND);
        var first = call(course.begin(MUCH));
        var second = call(course.refused(first, Reason.SKIPPED_SPENT, MUCH));

        // when
        var end = failed(course, second, MALFORMED);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.SPENDING_LIMIT_REACHED));
        assertThat(results(course)).containsExactly("skipped_spent", "malformed_response");
    }

    @Test
    void endsWithTheFirstRefusalWhereTheConfigurationWantsIt() {
        // given
        var course =
                new Course(
                        List.of(PRIMARY, SECOND),
                        provider -> true,
                        tries -> DRAWN,
                        1,
                        new Refusals(Then.FINAL, Then.NEXT_ATTEMPT));
        var first = call(course.begin(MUCH));

        // when
        var end = failed(course, first, new ModelFailure.ContentFiltered("refused"));

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.CONTENT_REFUSED));
    }

    private static Course course(Step... steps) {
        return new Course(List.of(steps), provider -> true, tries -> DRAWN, 1, Refusals.DEFAULT);
    }

    private static Next failed(Course course, Next.Call call, ModelFailure failure) {
        return course.failed(call, failure, TIMING, false, MUCH);
    }

    private static Next.Call call(Next next) {
        return (Next.Call) next;
    }

    private static List<String> results(Course course) {
        return course.traces().stream().map(CallTrace::result).toList();
    }
}
