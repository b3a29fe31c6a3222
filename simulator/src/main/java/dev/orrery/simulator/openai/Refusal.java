package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Pages;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered, and the error that says so. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private final @Nullable String param;

    private final @Nullable String code;

    private Refusal(int status, String message, @Nullable String param, @Nullable String code) {
        super(message, null, false, false);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    /**
     * @param param the field that is wrong; null for the request as a whole
     */
    static Refusal invalid(String message, @Nullable String param) {
        return new Refusal(400, message, param, null);
    }

    static Refusal noKey() {
        return new Refusal(401, "No bearer token in the request", null, "invalid_api_key");
    }

    static Refusal noSuchRoute(String method, String endpoint) {
        return new Refusal(404, "Unknown request: " + method + " " + endpoint, null, "unknown_url");
    }

    Answer answer() {
        String message = String.valueOf(getMessage());
        return Pages.json(status, Errors.body(message, Errors.INVALID_REQUEST, param, code));
    }
}
