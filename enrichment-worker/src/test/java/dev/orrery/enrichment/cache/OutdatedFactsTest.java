package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orrery.enrichment.FactsDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody would be given any more is not kept. */
class OutdatedFactsTest {

    private static final Map<String, Duration> USES =
            Map.of("weather", Duration.ofHours(3), "birth_chart", Duration.ofDays(30));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static FactsDatabase database;

    @BeforeAll
    static void start() {
        database = new FactsDatabase();
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @Test
    void deletesWhatIsTooOldToStandInForAnything() throws SQLException {
        // given
        var old = kept("weather", "now() - interval '181 minutes'");
        var stale = kept("weather", "now() - interval '179 minutes'");
        var fresh = kept("weather", "now() + interval '15 minutes'");
        var chart = kept("birth_chart", "now() - interval '29 days'");
        var forEver = kept("birth_chart", "null");
        var ofNoSource = kept("tides", "now() - interval '1 year'");

        // when
        new OutdatedFacts(database.asWorker(), USES).round().block(PATIENCE);

        // then
        assertThat(database.facts(old)).isZero();
        for (var question : new String[] {stale, fresh, chart, forEver, ofNoSource}) {
            assertThat(database.facts(question)).isEqualTo(1);
        }
    }

    @Test
    void deletesMoreThanOneStatementTakes() throws SQLException {
        // given
        database.run(
                """
                insert into enrichment.facts (kind, question, subject, document, fetched_at, fresh_until)
                select 'rates', 'many ' || i, 's', '{}', now(), now() - interval '1 day' from generate_series(1, ?::int) i
                """,
                "2500");

        // when
        new OutdatedFacts(database.asWorker(), Map.of("rates", Duration.ofHours(1)))
                .round()
                .block(PATIENCE);

        // then
        assertThat(database.count("select count(*) from enrichment.facts where kind = ?", "rates"))
                .isZero();
    }

    @Test
    void waitsForADatabaseThatIsAway() {
        // given
        var away = new OutdatedFacts(FactsDatabase.away(), USES);

        // when / then
        assertThatCode(() -> away.round().block(PATIENCE)).doesNotThrowAnyException();
    }

    /** The question under which it is kept. */
    private static String kept(String kind, String freshUntil) throws SQLException {
        var question = UUID.randomUUID().toString();
        database.run(
                "insert into enrichment.facts (kind, question, subject, document, fetched_at, fresh_until)"
                        + " values (?, ?, 's', '{}', now(), "
                        + freshUntil
                        + ")",
                kind,
                question);
        return question;
    }
}
