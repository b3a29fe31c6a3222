package dev.orrery.enrichment.source;

import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.profiles.Profile;
import java.time.Instant;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * One kind of external data. Declaring a bean of this type is all it takes to serve the kind: the
 * caches, the waiting and the failing are the same for all.
 *
 * <p>An answer passes four steps: validate and normalise once, when it is fetched; enrich and
 * format for every turn. They do no I/O, are called on any thread, event loops among them, and must
 * not block.
 *
 * @param <Q> what is asked
 * @param <D> the normalised answer, as it is cached
 * @param <E> the answer as a turn sees it
 */
public interface Source<Q extends Question, D extends Document, E> {

    /** Name in {@code WantedFact.kind}: lower-case words joined by underscores. */
    String kind();

    /** Version of the document's form; part of every key, so that older copies are not found. */
    int version();

    SourceLimits limits();

    Class<D> documentType();

    /**
     * The question that this user raises.
     *
     * @throws SourceFailure.NotAskable when the profile does not hold what would have to be asked
     */
    Q question(Profile profile);

    /**
     * The question that somebody raises for this user and who has more to say than the profile: a
     * model, of whose arguments nothing is trusted. Takes none unless a source says otherwise.
     *
     * @throws SourceFailure.NotAskable as {@link #question(Profile)}
     * @throws dev.orrery.pipeline.http.Problem when an argument is none that the kind takes
     */
    default Q question(Profile profile, Fields arguments) {
        arguments.allowing();
        return question(profile);
    }

    /**
     * Asks the service; fails with {@link SourceFailure} only. Repeating it is harmless, cancelling
     * it ends the call.
     */
    Mono<JsonNode> fetch(Q question);

    /**
     * 1. Whether the answer has the promised shape.
     *
     * @return the answer as it is
     * @throws SourceFailure.InvalidAnswer when it has not; it is then not used at all
     */
    JsonNode validate(JsonNode answer);

    /**
     * 2. The answer in our own words.
     *
     * @throws SourceFailure.InvalidAnswer when a value is none that it can be
     */
    D normalise(JsonNode answer, Q question);

    /** 3. What follows from the document at this time. */
    E enrich(D document, Instant asOf);

    /** 4. As a prompt shall show it. */
    String format(E enriched, Format format);
}
