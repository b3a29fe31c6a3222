package dev.orrery.enrichment.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.enrichment.ManualClock;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.cache.Key;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.redis.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

class FactsTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");
    private static final Instant ACCEPTED = NOW.minusSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Profile ASHA =
            new Profile(JsonNodeFactory.instance.objectNode().put("name", "Asha"));

    private static FactsDatabase database;
    private static Redis redis;

    private final ManualClock clock = new ManualClock(NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        database = new FactsDatabase();
        redis = new Redis(SharedServers.redis().url(), Duration.ofSeconds(2));
    }

    @AfterAll
    static void stop() throws SQLException {
        redis.close();
        database.close();
    }

    @Test
    void statesOneFactForEachThatIsWantedInThisOrder() {
        // given
        var facts = facts(new WordSource("noun").answering("moon"), new WordSource("verb"));
        var wanted =
                List.of(wanted("verb", "xml"), wanted("noun", "json"), wanted("rhyme", "json"));

        // when
        var gathered = gather(facts, wanted);

        // then
        assertThat(gathered)
                .extracting(Fact::getKind, Fact::getState, Fact::getLayer, Fact::getAbsence)
                .containsExactly(
                        tuple("verb", FactState.ABSENT, CacheLayer.NONE, "refused"),
                        tuple("noun", FactState.FRESH, CacheLayer.API, null),
                        tuple("rhyme", FactState.ABSENT, CacheLayer.NONE, "unknown_kind"));
        assertThat(gathered.get(1).getText()).isEqualTo("JSON: moon at " + ACCEPTED);
        assertThat(gathered.get(1).getFetchedAt()).isEqualTo(NOW);
        assertThat(gathered.get(0).getText()).isNull();
        assertThat(gathered.get(0).getFetchedAt()).isNull();
    }

    @Test
    void gathersAKindOnceThoughItIsWantedInTwoFormats() {
        // given
        var source = new WordSource("noun").answering("moon").answering("sun");
        var facts = facts(source);

        // when
        var gathered = gather(facts, List.of(wanted("noun", "xml"), wanted("noun", "markdown")));

        // then
        assertThat(gathered)
                .extracting(Fact::getText)
                .containsExactly("XML: moon at " + ACCEPTED, "MARKDOWN: moon at " + ACCEPTED);
        assertThat(source.fetches()).isEqualTo(1);
    }

    @Test
    void writesMarkdownInAFormatThatOnlyANewerVersionKnows() {
        // given
        var facts = facts(new WordSource("noun").answering("moon"));

        // when
        var gathered = gather(facts, List.of(wanted("noun", "braille")));

        // then
        assertThat(gathered.getFirst().getText()).startsWith("MARKDOWN: moon");
    }

    @Test
    void saysWhatTheUserHasNotTold() {
        // given
        var facts = facts(new WordSource("noun").answering("moon"));

        // when
        var gathered =
                facts.gather(List.of(wanted("noun", "json")), Profile.EMPTY, ACCEPTED, LIMIT)
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(gathered.getFirst().getAbsence()).isEqualTo("no_name");
    }

    @Test
    void saysOfAFactThatItIsStale() {
        // given
        var facts = facts(new WordSource("noun").answering("moon"));
        gather(facts, List.of(wanted("noun", "json")));
        clock.goOn(Duration.ofHours(2));

        // when
        var gathered = gather(facts, List.of(wanted("noun", "json")));

        // then
        var fact = gathered.getFirst();
        assertThat(fact.getState()).isEqualTo(FactState.STALE);
        assertThat(fact.getLayer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(fact.getText()).isEqualTo("JSON: moon at " + ACCEPTED);
        assertThat(fact.getFetchedAt()).isEqualTo(NOW);
        assertThat(fact.getAbsence()).isNull();
    }

    @Test
    void triesOnceMoreWhatMayPass() {
        // given
        var unreachable =
                new SourceFailure.Unreachable("connection reset", new IOException("reset"));
        var source = new WordSource("noun").answering(Mono.error(unreachable)).answering("moon");

        // when
        var gathered = gather(facts(source), List.of(wanted("noun", "json")));

        // then
        assertThat(gathered.getFirst().getState()).isEqualTo(FactState.FRESH);
        assertThat(source.fetches()).isEqualTo(2);
    }

    @Test
    void neverUsesHalfAnAnswer() {
        // given
        var half = JsonNodeFactory.instance.objectNode().put("wo", "moo");
        var facts = facts(new WordSource("noun").answering(Mono.just(half)));

        // when
        var gathered = gather(facts, List.of(wanted("noun", "json")));

        // then
        assertThat(gathered.getFirst().getAbsence()).isEqualTo("invalid_answer");
        assertThat(
                        meters.counter(
                                        "orrery.enrichment.facts",
                                        "kind",
                                        "noun",
                                        "state",
                                        "absent",
                                        "layer",
                                        "none",
                                        "absence",
                                        "invalid_answer")
                                .count())
                .isEqualTo(1);
    }

    @Test
    void statesTheAbsenceOfWhatFailsThroughADefectOfOurs() {
        // given
        var number = JsonNodeFactory.instance.objectNode().put("word", 7);
        var source = new WordSource("noun").answering(Mono.just(number));
        var facts = facts(source);

        // when
        var gathered = gather(facts, List.of(wanted("noun", "json")));

        // then
        assertThat(gathered.getFirst().getAbsence()).isEqualTo("internal");
        gather(facts, List.of(wanted("noun", "json")));
        assertThat(source.fetches()).isEqualTo(1);
    }

    @Test
    void waitsForNoFactLongerThanTheTurnCan() {
        // given
        var facts = facts(new WordSource("noun").answering(Mono.never()));

        // when
        var gathered =
                facts.gather(
                                List.of(wanted("noun", "json")),
                                ASHA,
                                ACCEPTED,
                                Duration.ofMillis(100))
                        .blockOptional(LIMIT)
                        .orElseThrow();

        // then
        assertThat(gathered.getFirst().getAbsence()).isEqualTo("timed_out");
    }

    @Test
    void knowsUnderWhatEverythingIsKeptThatTellsOfAPerson() {
        // given
        var facts = facts(new WordSource("noun"), new WordSource("verb"));

        // when
        var keys = facts.personalKeys(ASHA);

        // then
        assertThat(keys).extracting(Key::kind).containsExactlyInAnyOrder("noun", "verb");
        assertThat(facts.personalKeys(Profile.EMPTY)).isEmpty();
    }

    @Test
    void refusesTwoSourcesOfOneKind() {
        // given
        var sources = new WordSource[] {new WordSource("noun"), new WordSource("noun")};

        // when
        Runnable start = () -> facts(sources);

        // then
        assertThatThrownBy(start::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noun");
    }

    private List<Fact> gather(Facts facts, List<WantedFact> wanted) {
        return facts.gather(wanted, ASHA, ACCEPTED, LIMIT).blockOptional().orElseThrow();
    }

    private Facts facts(WordSource... sources) {
        var settings =
                new CacheSettings(
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30));
        var caches = new FactCaches(settings, redis, database.asWorker(), clock, meters);
        return Facts.of(List.of(sources), caches, meters);
    }

    private static WantedFact wanted(String kind, String format) {
        return WantedFact.newBuilder().setKind(kind).setFormat(format).build();
    }
}
