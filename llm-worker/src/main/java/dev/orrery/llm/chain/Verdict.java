package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelFailure;

/**
 * What follows from a failed call. Decided here and nowhere else, from the type of the failure and,
 * where a model will not answer, from what the configuration wants.
 */
enum Verdict {
    /** May pass: the same step again, as long as it has tries. */
    RETRY,
    /** The next step. */
    NEXT,
    /** This target will not do for this turn: the next step that asks another one. */
    ELSEWHERE,
    /** No call can help, or none is wanted. */
    FINAL;

    /**
     * @param visible whether the call had shown text; it is started over then, but not at the
     *     target that broke off
     */
    static Verdict of(ModelFailure failure, boolean visible, Refusals refusals) {
        return switch (failure) {
            case ModelFailure.RateLimited ignored -> visible ? NEXT : RETRY;
            case ModelFailure.Overloaded ignored -> visible ? NEXT : RETRY;
            case ModelFailure.ServerError ignored -> visible ? NEXT : RETRY;
            case ModelFailure.ConnectionFailed ignored -> visible ? NEXT : RETRY;
            case ModelFailure.TimedOut timedOut ->
                    switch (timedOut.limit()) {
                        case CONNECT, FIRST_TOKEN -> RETRY;
                        case STALL, TOTAL -> NEXT;
                        case DEADLINE -> FINAL;
                    };
            case ModelFailure.MalformedResponse ignored -> NEXT;
            case ModelFailure.EmptyResponse ignored -> NEXT;
            case ModelFailure.TruncatedStream ignored -> NEXT;
            case ModelFailure.QuotaExhausted ignored -> ELSEWHERE;
            case ModelFailure.Unauthorised ignored -> ELSEWHERE;
            case ModelFailure.RejectedInput ignored -> ELSEWHERE;
            case ModelFailure.ContextTooLong ignored -> after(refusals.contextTooLong());
            case ModelFailure.ContentFiltered ignored -> after(refusals.contentFiltered());
        };
    }

    private static Verdict after(Refusals.Then then) {
        return switch (then) {
            case NEXT_ATTEMPT -> ELSEWHERE;
            case FINAL -> FINAL;
        };
    }

    /**
     * Whether the model refused what it was asked, as opposed to being unable to answer anything.
     */
    static boolean isRefusal(ModelFailure failure) {
        return failure instanceof ModelFailure.ContentFiltered
                || failure instanceof ModelFailure.ContextTooLong;
    }
}
