package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.THIRD;
import static dev.orrery.llm.chain.Chains.step;
import static dev.orrery.llm.chain.Courses.MALFORMED;
import static dev.orrery.llm.chain.Courses.MUCH;
import static dev.orrery.llm.chain.Courses.PASSING;
import static dev.orrery.llm.chain.Courses.call;
import static dev.orrery.llm.chain.Courses.course;
import static dev.orrery.llm.chain.Courses.failed;
import static dev.orrery.llm.chain.Courses.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.chain.Course.Next.Surrender;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is asked next when a call is not to be made. */
class CourseGatesTest {

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
}
