package dev.orrery.llm.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.llm.chain.Refusals.Then;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import dev.orrery.llm.model.ModelFailure.TimedOut.Limit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {

    @ParameterizedTest
    @MethodSource("verdicts")
    void followsFromTheTypeOfTheFailure(
            ModelFailure failure, Verdict beforeText, Verdict afterText) {
        // when
        var before = Verdict.of(failure, false, Refusals.DEFAULT);
        var after = Verdict.of(failure, true, Refusals.DEFAULT);

        // then
        assertThat(before).isEqualTo(beforeText);
        assertThat(after).isEqualTo(afterText);
    }

    @Test
    void endsAfterARefusalWhereThatIsWanted() {
        // given
        var strict = new Refusals(Then.FINAL, Then.NEXT_ATTEMPT);
        var shortOfBreath = new Refusals(Then.NEXT_ATTEMPT, Then.FINAL);
        var filtered = new ModelFailure.ContentFiltered("");
        var tooLong = new ModelFailure.ContextTooLong("");

        // when
        var verdicts =
                List.of(
                        Verdict.of(filtered, false, strict),
                        Verdict.of(tooLong, false, strict),
                        Verdict.of(filtered, false, shortOfBreath),
                        Verdict.of(tooLong, false, shortOfBreath));

        // then
        assertThat(verdicts)
                .containsExactly(
                        Verdict.FINAL, Verdict.ELSEWHERE, Verdict.ELSEWHERE, Verdict.FINAL);
    }

    static Stream<Arguments> verdicts() {
        return Stream.of(
                arguments(new ModelFailure.RateLimited("", null), Verdict.RETRY, Verdict.NEXT),
                arguments(new ModelFailure.Overloaded("", null), Verdict.RETRY, Verdict.NEXT),
                arguments(new ModelFailure.ServerError("", null), Verdict.RETRY, Verdict.NEXT),
                arguments(new ModelFailure.ConnectionFailed("", null), Verdict.RETRY, Verdict.NEXT),
                arguments(new TimedOut(Limit.CONNECT), Verdict.RETRY, Verdict.RETRY),
                arguments(new TimedOut(Limit.FIRST_TOKEN), Verdict.RETRY, Verdict.RETRY),
                arguments(new TimedOut(Limit.STALL), Verdict.NEXT, Verdict.NEXT),
                arguments(new TimedOut(Limit.TOTAL), Verdict.NEXT, Verdict.NEXT),
                arguments(new TimedOut(Limit.DEADLINE), Verdict.FINAL, Verdict.FINAL),
                arguments(new ModelFailure.MalformedResponse(""), Verdict.NEXT, Verdict.NEXT),
                arguments(new ModelFailure.EmptyResponse(""), Verdict.NEXT, Verdict.NEXT),
                arguments(new ModelFailure.TruncatedStream("", null), Verdict.NEXT, Verdict.NEXT),
                arguments(
                        new ModelFailure.QuotaExhausted(""), Verdict.ELSEWHERE, Verdict.ELSEWHERE),
                arguments(new ModelFailure.Unauthorised(""), Verdict.ELSEWHERE, Verdict.ELSEWHERE),
                arguments(new ModelFailure.RejectedInput(""), Verdict.ELSEWHERE, Verdict.ELSEWHERE),
                arguments(
                        new ModelFailure.ContextTooLong(""), Verdict.ELSEWHERE, Verdict.ELSEWHERE),
                arguments(
                        new ModelFailure.ContentFiltered(""),
                        Verdict.ELSEWHERE,
                        Verdict.ELSEWHERE));
    }
}
