package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.LIMITS;
import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.step;
import static dev.orrery.llm.chain.Courses.KEY;
import static dev.orrery.llm.chain.Courses.MUCH;
import static dev.orrery.llm.chain.Courses.PASSING;
import static dev.orrery.llm.chain.Courses.WILLING;
import static dev.orrery.llm.chain.Courses.call;
import static dev.orrery.llm.chain.Courses.course;
import static dev.orrery.llm.chain.Courses.failed;
import static dev.orrery.llm.chain.Courses.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.Course.Next.Surrender;
import dev.orrery.turns.FailureCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that stand in a chain and are not asked, or not with everything. */
class CourseTermsTest {

    /** Asked without tools: those of this provider. */
    private record Restricted(String provider) implements Course.Terms {

        @Override
        public @Nullable String bar(Step step) {
            return null;
        }

        @Override
        public @Nullable String restriction(Step step) {
            return step.provider().equals(provider) ? CallTrace.TOOLS_DROPPED : null;
        }
    }

    @Test
    void passesOverStepsThatAreBarred() {
        // given
        var abroad =
                new Step("bedrock", "nova", "us-east-1", 0, LIMITS, true, "region_not_allowed");
        var course = course(abroad, SECOND);

        // when
        var first = call(course.begin(MUCH));

        // then
        assertThat(first.step()).isEqualTo(SECOND);
        assertThat(first.number()).isEqualTo(2);
        assertThat(results(course)).containsExactly("region_not_allowed");
    }

    @Test
    void asksNobodyWhereAllAreBarred() {
        // given
        var abroad = new Step("openai", "gpt", null, 0, LIMITS, true, "region_not_allowed");
        var course = course(abroad, abroad);

        // when
        var end = course.begin(MUCH);

        // then
        assertThat(end).isEqualTo(new Surrender(FailureCode.ALL_PROVIDERS_FAILED));
        assertThat(results(course)).containsExactly("region_not_allowed", "region_not_allowed");
    }

    @Test
    void asksWhatIsInVainWhereTheChainIsTakenLiterally() {
        // given
        var course = course(WILLING, true, PRIMARY, PRIMARY, PRIMARY);
        var first = call(course.begin(MUCH));

        // when
        var second = call(failed(course, first, KEY));
        var third = call(failed(course, second, PASSING));

        // then
        assertThat(second.step()).isEqualTo(PRIMARY);
        assertThat(third.step()).isEqualTo(PRIMARY);
        assertThat(results(course)).containsExactly("unauthorised", "overloaded");
    }

    @Test
    void marksAStepThatIsAskedWithoutToolsBeforeItsCallsAndOnce() {
        // given
        var course = course(new Restricted("openai"), false, step("openai", "gpt", 1), SECOND);

        // when
        var first = call(course.begin(MUCH));
        var again = call(failed(course, first, PASSING));
        var second = call(failed(course, again, PASSING));

        // then
        assertThat(first.number()).isEqualTo(2);
        assertThat(again.number()).isEqualTo(3);
        assertThat(second.step()).isEqualTo(SECOND);
        assertThat(results(course)).containsExactly("tools_dropped", "overloaded", "overloaded");
    }
}
