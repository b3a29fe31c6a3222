package dev.orrery.enrichment.facts;

import dev.orrery.enrichment.source.Document;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.Source;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.pipeline.profiles.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A further kind of data, as somebody might add it: it asks for the user's favourite word. Every
 * source has a question of its own, so that tests share nothing.
 */
final class WordSource implements Source<WordSource.Favourite, WordSource.Word, String> {

    record Favourite(String canonical) implements Question {}

    record Word(String word, Instant freshUntil) implements Document {}

    static final Instant FRESH_UNTIL = Instant.parse("2026-07-16T11:00:00Z");

    private final String kind;
    private final String salt = UUID.randomUUID().toString();
    private final Queue<Mono<JsonNode>> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger fetches = new AtomicInteger();

    WordSource(String kind) {
        this.kind = kind;
    }

    /** The next fetch gets this; further ones what is said further. */
    WordSource answering(String word) {
        answers.add(Mono.just(JsonNodeFactory.instance.objectNode().put("word", word)));
        return this;
    }

    WordSource answering(Mono<JsonNode> answer) {
        answers.add(answer);
        return this;
    }

    int fetches() {
        return fetches.get();
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public SourceLimits limits() {
        return SourceLimits.strict(Duration.ofSeconds(5), Duration.ofDays(1));
    }

    @Override
    public Class<Word> documentType() {
        return Word.class;
    }

    @Override
    public Favourite question(Profile profile) {
        if (!profile.document().has("name")) {
            throw new SourceFailure.NotAskable("no_name");
        }
        return new Favourite(profile.document().path("name").asString() + salt);
    }

    @Override
    public Mono<JsonNode> fetch(Favourite question) {
        fetches.incrementAndGet();
        var next = answers.poll();
        return next == null ? Mono.error(new SourceFailure.Refused(404)) : next;
    }

    @Override
    public JsonNode validate(JsonNode answer) {
        if (!answer.has("word")) {
            throw new SourceFailure.InvalidAnswer("word (expected: to be there)");
        }
        return answer;
    }

    @Override
    public Word normalise(JsonNode answer, Favourite question) {
        return new Word(answer.path("word").stringValue(), FRESH_UNTIL);
    }

    @Override
    public String enrich(Word document, Instant asOf) {
        return document.word() + " at " + asOf;
    }

    @Override
    public String format(String enriched, Format format) {
        return format + ": " + enriched;
    }
}
