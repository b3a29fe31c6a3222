package dev.orrery.enrichment.facts;

import dev.orrery.enrichment.source.Document;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.enrichment.source.Texts;
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
public final class WordSource extends ServiceSource<WordSource.Favourite, WordSource.Word, String> {

    public record Favourite(String canonical) implements Question {}

    public record Word(String word, Instant freshUntil) implements Document {}

    static final Instant FRESH_UNTIL = Instant.parse("2026-07-16T11:00:00Z");

    private static final Texts<String> TEXTS =
            new Texts<>(
                    word -> Format.MARKDOWN + ": " + word,
                    word -> Format.JSON + ": " + word,
                    word -> Format.XML + ": " + word);

    private final String salt = UUID.randomUUID().toString();
    private final Queue<Mono<JsonNode>> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger fetches = new AtomicInteger();

    public WordSource(String kind) {
        super(
                kind,
                1,
                Word.class,
                SourceLimits.strict(Duration.ofSeconds(5), Duration.ofDays(1)),
                TEXTS,
                () -> {});
    }

    /** The next fetch gets this; further ones what is said further. */
    public WordSource answering(String word) {
        answers.add(Mono.just(JsonNodeFactory.instance.objectNode().put("word", word)));
        return this;
    }

    public WordSource answering(Mono<JsonNode> answer) {
        answers.add(answer);
        return this;
    }

    public int fetches() {
        return fetches.get();
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
}
