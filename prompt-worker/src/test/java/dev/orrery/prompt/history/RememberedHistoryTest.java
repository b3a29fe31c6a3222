package dev.orrery.prompt.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.prompt.PromptDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

class RememberedHistoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UUID SESSION = UUID.randomUUID();
    private static final HistoryWindow TWENTY = HistoryWindow.widest(20);

    /** A session's completed turns by sequence, and what was asked for. */
    private static final class Rows implements HistoryRows {

        private final TreeMap<Integer, Exchange> completed = new TreeMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public Mono<List<Exchange>> between(
                UUID session, int after, int sequence, HistoryWindow window) {
            return Mono.fromCallable(() -> {
                asked.add(after + ".." + sequence);
                var between = completed.subMap(after, false, sequence, false).values();
                return window.of(List.copyOf(between));
            });
        }
    }

    private final Rows rows = new Rows();
    private final History history = new RememberedHistory(rows);

    private void said(int sequence) {
        rows.completed.put(sequence, new Exchange("question " + sequence, "answer " + sequence));
    }

    private List<Exchange> before(int sequence, HistoryWindow window) {
        return history.before(SESSION, sequence, window).blockOptional(PATIENCE).orElseThrow();
    }

    @Test
    void readsWhatHasComeSinceAndNothingTwice() {
        // given
        said(1);
        before(2, TWENTY);
        said(2);
        before(3, TWENTY);
        said(3);

        // when
        var read = before(4, TWENTY);

        // then
        assertThat(read)
                .extracting(Exchange::user)
                .containsExactly("question 1", "question 2", "question 3");
        assertThat(rows.asked).containsExactly("0..2", "1..3", "2..4");
    }

    /** Once; a turn without an answer looks like one that is too large for every window. */
    @Test
    void readsAllAgainBehindATurnWithoutAnAnswer() {
        // given
        said(1);
        before(2, TWENTY);
        said(3);

        // when
        var read = before(4, TWENTY);

        // then
        assertThat(read).extracting(Exchange::user).containsExactly("question 1", "question 3");
        said(4);
        assertThat(before(5, TWENTY)).hasSize(3);
        assertThat(rows.asked).containsExactly("0..2", "1..4", "0..4", "3..5");
    }

    @Test
    void leavesNoHoleWhereATurnIsLargerThanEveryWindow() {
        // given
        said(1);
        before(2, TWENTY);
        rows.completed.put(2, new Exchange("x".repeat(600_000), "b"));
        said(3);

        // when
        var read = before(4, TWENTY);

        // then
        assertThat(read).extracting(Exchange::user).containsExactly("question 3");
    }

    @Test
    void readsNothingForATurnThatComesAgain() {
        // given
        said(1);
        var first = before(2, TWENTY);

        // when
        var again = before(2, TWENTY);

        // then
        assertThat(again).isEqualTo(first);
        assertThat(rows.asked).containsExactly("0..2");
    }

    /** It must not see what came after it. */
    @Test
    void readsAnEarlierTurnThatComesAgainAnewAndForgetsNothingForIt() {
        // given
        said(1);
        said(2);
        before(3, TWENTY);

        // when
        var earlier = before(2, TWENTY);

        // then
        assertThat(earlier).extracting(Exchange::user).containsExactly("question 1");
        assertThat(before(3, TWENTY)).hasSize(2);
        assertThat(rows.asked).containsExactly("0..3", "0..2");
    }

    @Test
    void readsMoreForARevisionThatWantsMore() {
        // given
        said(1);
        said(2);
        before(3, HistoryWindow.widest(1));

        // when
        var more = before(3, TWENTY);

        // then
        assertThat(more).hasSize(2);
    }

    @Test
    void keepsMoreThanANarrowPromptShows() {
        // given
        said(1);
        said(2);
        var narrow = before(3, new HistoryWindow(20, 5));

        // when
        var wide = before(3, TWENTY);

        // then
        assertThat(narrow).isEmpty();
        assertThat(wide).hasSize(2);
        assertThat(rows.asked).hasSize(1);
    }

    @Test
    void remembersNothingOfAReadingThatFailed() {
        // given
        var failing = new AtomicInteger(1);
        var flaky =
                new RememberedHistory((session, after, sequence, window) ->
                        failing.getAndDecrement() > 0
                                ? Mono.error(new IllegalStateException("away"))
                                : rows.between(session, after, sequence, window));
        said(1);
        flaky.before(SESSION, 2, TWENTY).onErrorResume(away -> Mono.empty()).block(PATIENCE);

        // when
        var read = flaky.before(SESSION, 2, TWENTY).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(read).hasSize(1);
    }

    /** A turn that does not fit hides the ones before it, as in the rows. */
    @Test
    void skipsNoTurnThatIsTooLarge() {
        // given
        said(1);
        before(2, TWENTY);
        rows.completed.put(2, new Exchange("x".repeat(250_000), "b"));
        rows.completed.put(3, new Exchange("x".repeat(250_000), "c"));
        rows.completed.put(4, new Exchange("x".repeat(250_000), "d"));

        // when
        var read = before(5, TWENTY);

        // then
        assertThat(read).extracting(Exchange::bot).containsExactly("c", "d");
    }

    /** Whatever comes, again or for other revisions: it is what the rows themselves would say. */
    @RepeatedTest(20)
    void saysWhatTheRowsSay() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var chance = new Random(seed);
        int newest = 1;

        for (int i = 0; i < 60; i++) {
            if (chance.nextInt(4) > 0) {
                said(newest);
            }
            newest++;
            int sequence = chance.nextInt(5) == 0 ? 1 + chance.nextInt(newest) : newest;
            var window = new HistoryWindow(1 + chance.nextInt(8), chance.nextInt(300));

            // when
            var read = before(sequence, window);

            // then
            var expected = window.of(List.copyOf(rows.completed.headMap(sequence).values()));
            assertThat(read).isEqualTo(expected);
        }
    }

    /** One question a turn, and with it the rows that are new. */
    @Test
    void asksTheDatabaseOnceATurn() throws SQLException {
        try (var database = new PromptDatabase()) {
            // given
            var asked = new AtomicInteger();
            var counting =
                    DatabaseClient.builder()
                            .connectionFactory(database.newPool())
                            .executeFunction(statement -> {
                                asked.incrementAndGet();
                                return statement.execute();
                            })
                            .build();
            var remembered = new RememberedHistory(new PostgresHistory(counting, PATIENCE));
            var bot = database.bot("Nova", "{}");
            var revision = database.revision(bot, "Hi", "{}");
            var session = database.session(database.person("{}"), bot);

            for (int sequence = 2; sequence <= 6; sequence++) {
                database.turn(session, revision, sequence - 1, "completed", "q" + sequence, "a");

                // when
                var read =
                        remembered
                                .before(session, sequence, TWENTY)
                                .blockOptional(PATIENCE)
                                .orElseThrow();

                // then
                assertThat(read).hasSize(sequence - 1);
                assertThat(asked).hasValue(sequence - 1);
            }
        }
    }
}
