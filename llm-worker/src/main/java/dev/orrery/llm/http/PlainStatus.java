package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.Unauthorised.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a status means when the body says nothing that goes beyond it. */
public final class PlainStatus {

    private PlainStatus() {}

    /**
     * @param status of a response that is no answer, 200 to 599
     * @param wait what the provider asked for; null when it did not say
     */
    public static ModelFailure of(int status, @Nullable Duration wait) {
        var what = "status " + status;
        if (status < 300) {
            return new ModelFailure.MalformedResponse(what + " without an answer");
        }
        if (status < 400) {
            return new ModelFailure.MalformedResponse(what + " (redirects are not followed)");
        }
        return switch (status) {
            case 401 -> new ModelFailure.Unauthorised(what, Refused.KEY);
            case 403 -> new ModelFailure.Unauthorised(what, Refused.ACCESS);
            case 404 -> new ModelFailure.Unauthorised(what, Refused.TARGET);
            case 402 -> new ModelFailure.QuotaExhausted(what);
            case 408, 409, 424, 425, 499 -> new ModelFailure.ServerError(what, wait);
            case 413 -> new ModelFailure.ContextTooLong(what);
            case 429 -> new ModelFailure.RateLimited(what, wait);
            case 498, 503, 529 -> new ModelFailure.Overloaded(what, wait);
            default ->
                    status < 500
                            ? new ModelFailure.RejectedInput(what)
                            : new ModelFailure.ServerError(what, wait);
        };
    }
}
