package dev.orrery.ingest.feedback;

import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /v1/messages/{id}/feedback}: what the caller thinks of an answer. */
@RestController
class FeedbackEndpoint {

    private final Feedback feedback;

    FeedbackEndpoint(Feedback feedback) {
        this.feedback = feedback;
    }

    @PostMapping(
            path = "/v1/messages/{id}/feedback",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Feedback.Thought> put(Caller caller, @PathVariable String id, Fields document) {
        document.allowing("rating", "comment");
        var rating = document.optionalChoice("rating", "up", "down");
        if (rating == null) {
            throw document.invalid("rating", "missing (expected: up or down)");
        }
        return feedback.put(
                caller.user(), PathId.of(id), rating, document.optionalText("comment", 2_000));
    }
}
