package dev.orrery.llm.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.LlmDatabase;
import dev.orrery.llm.ManualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers count together, and each goes on alone when it must. */
class SharedSpendingTest {

    private static LlmDatabase database;

    private final ManualTime time = new ManualTime();
    private final Spending here = new Spending(time.clock());
    private final Spending there = new Spending(time.clock());

    @BeforeAll
    static void open() throws SQLException {
        database = new LlmDatabase();
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        database.execute("truncate llm.spending");
    }

    @Test
    void knowsWhatAllWorkersHaveSpent() {
        // given
        var ours = shared(here);
        var theirs = shared(there);
        here.add("mira", 10);
        there.add("mira", 5);
        there.add("otto", 7);

        // when
        share(ours);
        share(theirs);
        share(ours);

        // then
        assertThat(here.spent("mira")).isEqualTo(15);
        assertThat(here.spent("otto")).isEqualTo(7);
        assertThat(here.spent(Spending.EVERYBODY)).isEqualTo(22);
        assertThat(there.spent(Spending.EVERYBODY)).isEqualTo(22);
    }

    @Test
    void countsNothingTwiceHoweverOftenItIsTold() {
        // given
        var ours = shared(here);
        var theirs = shared(there);
        here.add("mira", 10);

        // when
        share(ours);
        share(ours);
        here.add("mira", 1);
        share(ours);
        share(theirs);

        // then
        assertThat(there.spent("mira")).isEqualTo(11);
        assertThat(here.spent("mira")).isEqualTo(11);
    }

    @Test
    void remembersWhatWasSpentBeforeARestart() {
        // given
        here.add("mira", 10);
        share(shared(here));
        var restarted = new Spending(time.clock());

        // when
        share(shared(restarted));

        // then
        assertThat(restarted.spent("mira")).isEqualTo(10);
    }

    @Test
    void countsOnAloneWhileTheDatabaseIsAway() throws SQLException {
        // given
        var ours = shared(here);
        there.add("mira", 5);
        share(shared(there));
        share(ours);
        database.execute("alter table llm.spending rename to away");

        // when
        here.add("mira", 10);
        share(ours);

        // then
        database.execute("alter table llm.away rename to spending");
        assertThat(here.spent("mira")).isEqualTo(15);
    }

    @Test
    void tellsWhatItCountedMeanwhileWhenTheDatabaseIsBack() throws SQLException {
        // given
        var ours = shared(here);
        database.execute("alter table llm.spending rename to away");
        here.add("mira", 10);
        share(ours);
        database.execute("alter table llm.away rename to spending");

        // when
        share(ours);

        // then
        share(shared(there));
        assertThat(there.spent("mira")).isEqualTo(10);
    }

    @Test
    void tellsOfYesterdayWhatIsStillMissing() throws SQLException {
        // given
        var ours = shared(here);
        here.add("mira", 10);
        time.advance(Duration.ofDays(1));
        here.add("mira", 3);

        // when
        share(ours);

        // then
        assertThat(spentOn("2026-11-24")).isEqualTo(10);
        assertThat(spentOn("2026-11-25")).isEqualTo(3);
        assertThat(here.spent("mira")).isEqualTo(3);
        assertThat(here.open()).hasSize(1);
    }

    @Test
    void tellsALastTimeWhenItStops() throws SQLException {
        // given
        var ours = shared(here);
        ours.start();
        here.add("mira", 10);

        // when
        ours.stop();

        // then
        assertThat(spentOn("2026-11-24")).isEqualTo(10);
    }

    private SharedSpending shared(Spending spending) {
        var rows = new SpendingRows(database.asWorker(), UUID.randomUUID());
        return new SharedSpending(spending, rows, time.ticker());
    }

    private static void share(SharedSpending spending) {
        spending.share().block(Duration.ofSeconds(10));
    }

    private static long spentOn(String day) throws SQLException {
        return database.number(
                "select coalesce(sum(micros), 0) from llm.spending where spender = 'mira' and day = '"
                        + day
                        + "'");
    }
}
