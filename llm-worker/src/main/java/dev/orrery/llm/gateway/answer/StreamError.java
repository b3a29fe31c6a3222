package dev.orrery.llm.gateway.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.pipeline.http.ProblemType;
import org.jspecify.annotations.Nullable;

/** The event that ends a stream without an answer, in the shape of OpenAI's. */
record StreamError(Detail error) {

    record Detail(
            String message,
            String type,
            @Nullable String param,
            String code,
            @JsonProperty("request_id") String requestId) {}

    static StreamError of(ProblemType code, String requestId) {
        return new StreamError(
                new Detail(code.title(), "server_error", null, code.code(), requestId));
    }
}
