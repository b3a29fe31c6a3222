package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static dev.orrery.llm.chain.Chains.step;
import static dev.orrery.llm.chain.Courses.BACKOFF;
import static dev.orrery.llm.chain.Courses.KEY;
import static dev.orrery.llm.chain.Courses.MUCH;
import static dev.orrery.llm.chain.Courses.PASSING;
import static dev.orrery.llm.chain.Courses.TOLL;
import static dev.orrery.llm.chain.Courses.WILLING;
import static dev.orrery.llm.chain.Courses.call;
import static dev.orrery.llm.chain.Courses.course;
import static dev.orrery.llm.chain.Courses.failed;
import static dev.orrery.llm.chain.Courses.results;
import static java.util.Objects.requireNonNull;
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

/** What may be asked beside a call, and what follows when two went on. */
class CourseBesideTest {

    @Test
    void setsTheNextStepThatIsWorthAskingBesideACall() {
        // given
        var course = course(PRIMARY, PRIMARY, SECOND);
        var first = call(course.begin(MUCH));

        // when
        var rival = beside(course, first);

        // then
        assertThat(rival).isEqualTo(new Next.Call(SECOND, 3, Duration.ZERO, false));
        assertThat(results(course)).containsExactly("skipped_duplicate");
    }

    @Test
    void changesNothingByNamingIt() {
        // given
        var course = course(PRIMARY, PRIMARY, SECOND);
        var first = call(course.begin(MUCH));

        // when
        course.rival(first, MUCH);

        // then
        var next = call(failed(course, first, PASSING));
        assertThat(next.step()).isEqualTo(SECOND);
        assertThat(next.number()).isEqualTo(3);
        assertThat(results(course)).containsExactly("overloaded", "skipped_duplicate");
    }

    @Test
    void setsNobodyBesideACallWhereNobodyIsLeftOrNoTime() {
        // given
        var alone = course(PRIMARY, PRIMARY);
        var late = course(PRIMARY, SECOND);

        // when / then
        assertThat(alone.rival(call(alone.begin(MUCH)), MUCH)).isNull();
        assertThat(late.rival(call(late.begin(MUCH)), Duration.ZERO)).isNull();
    }

    @Test
    void makesNoMoreCallsThanARunMay() {
        // given
        var course =
                new Course(
                        Collections.nCopies(Traces.MOST_CALLS, PRIMARY),
                        WILLING,
                        BACKOFF,
                        1,
                        Refusals.DEFAULT,
                        true);
        var call = call(course.begin(MUCH));
        while (call.number() < Traces.MOST_CALLS) {
            call = call(failed(course, call, PASSING));
        }

        // when / then
        assertThat(course.rival(call, MUCH)).isNull();
    }

    @Test
    void goesOnBehindBothWhenBothHaveFailed() {
        // given
        var course = course(step("openai", "gpt", 3), SECOND, THIRD);
        var first = call(course.begin(MUCH));
        var rival = beside(course, first);
        course.failedBeside(rival, PASSING, TOLL);

        // when
        var next = call(failed(course, first, PASSING));

        // then
        assertThat(next).isEqualTo(new Next.Call(THIRD, 3, Duration.ZERO, false));
        assertThat(course.traces())
                .extracting(CallTrace::number, CallTrace::provider)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "openai"),
                        org.assertj.core.groups.Tuple.tuple(2, "groq"));
    }

    @Test
    void givesTheStepBesideAllItsTries() {
        // given
        var course = course(PRIMARY, step("groq", "llama", 1), THIRD);
        var first = call(course.begin(MUCH));
        var rival = beside(course, first);
        course.failedBeside(first, PASSING, TOLL);

        // when
        var again = call(failed(course, rival, PASSING));
        var next = call(failed(course, again, PASSING));

        // then
        assertThat(again.step()).isEqualTo(rival.step());
        assertThat(next.step()).isEqualTo(THIRD);
    }

    @Test
    void asksNeitherOfTwoAgainThatHaveJustFailed() {
        // given
        var course = course(PRIMARY, SECOND, PRIMARY, SECOND, THIRD);
        var first = call(course.begin(MUCH));
        var rival = beside(course, first);
        course.failedBeside(first, PASSING, TOLL);

        // when
        var next = call(failed(course, rival, KEY));

        // then
        assertThat(next.step()).isEqualTo(THIRD);
    }

    @Test
    void endsAtOnceWhereTheConfigurationWantsNoOtherModelAfterARefusal() {
        // given
        var course =
                new Course(
                        List.of(PRIMARY, SECOND),
                        WILLING,
                        BACKOFF,
                        1,
                        new Refusals(Then.FINAL, Then.FINAL),
                        false);
        var first = call(course.begin(MUCH));
        beside(course, first);

        // when
        var end = course.failedBeside(first, new ModelFailure.ContentFiltered("refused"), TOLL);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.CONTENT_REFUSED));
    }

    private static Next.Call beside(Course course, Next.Call running) {
        var rival = requireNonNull(course.rival(running, MUCH));
        course.beganBeside(running, rival);
        return rival;
    }
}
