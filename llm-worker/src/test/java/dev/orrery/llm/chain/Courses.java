package dev.orrery.llm.chain;

import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Models;
import dev.orrery.llm.prices.Cost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import reactor.core.publisher.Flux;

/** Courses that tests begin with, and what happens to their calls. */
final class Courses {

    static final Duration MUCH = Duration.ofSeconds(60);
    static final Duration DRAWN = Duration.ofMillis(150);
    static final LongFunction<Duration> BACKOFF = tries -> DRAWN;
    static final Toll TOLL = new Toll(new Timing(null, 20), new Cost(300, false));
    static final ModelFailure PASSING = new ModelFailure.Overloaded("status 503", null);
    static final ModelFailure MALFORMED = new ModelFailure.MalformedResponse("no JSON");
    static final ModelFailure KEY = new ModelFailure.Unauthorised("status 401");

    /** Every step may be asked, with everything. */
    static final Course.Terms WILLING =
            new ModelTerms(provider -> Optional.of(prompt -> Flux.empty()), true, true);

    private Courses() {}

    static Course course(Step... steps) {
        return course(WILLING, false, steps);
    }

    static Course course(Course.Terms terms, boolean literal, Step... steps) {
        return new Course(List.of(steps), terms, BACKOFF, 1, Refusals.DEFAULT, literal);
    }

    /** Models of this provider alone. */
    static Models having(String code) {
        return provider ->
                provider.equals(code) ? Optional.of(prompt -> Flux.empty()) : Optional.empty();
    }

    static Next failed(Course course, Next.Call call, ModelFailure failure) {
        return course.failed(call, failure, TOLL, false, MUCH);
    }

    static Next.Call call(Next next) {
        return (Next.Call) next;
    }

    static List<String> results(Course course) {
        return course.traces().stream().map(CallTrace::result).toList();
    }
}
