package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Person;
import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that everybody wants something of at once: one turn has been answered and is not
 * booked, one is in flight and overdue, the next one is asked for. Afterwards it says whether all
 * is well.
 */
final class Round {

    static final long PRICE = 5;
    private static final long MONEY = 3 * PRICE;

    private final Client superuser;
    private final Scene scene;
    private final Person person;
    private final UUID session;
    private final UUID run = UUID.randomUUID();
    private final UUID answered;
    private final UUID inFlight;
    private final UUID next = UUID.randomUUID();
    private final UUID another = UUID.randomUUID();

    /**
     * @param leaseMillis of the run that has the turn in flight; {@link Client#LAPSED} lets another
     *     one take it
     */
    Round(Client superuser, UUID bot, int leaseMillis) throws SQLException {
        this.superuser = superuser;
        this.scene = new Scene(superuser);
        this.person = scene.person(MONEY);
        this.session = scene.session(person, bot);
        this.answered = scene.answeredTurn(session, person);
        this.inFlight = scene.turn(session, person, 0);
        superuser.begin(inFlight, run, leaseMillis);
    }

    /** Something that somebody wants, with the rights of the service that wants it. */
    enum Wish {
        ACCEPT("orrery_ingest"),
        ACCEPT_ANOTHER("orrery_ingest"),
        BEGIN("orrery_llm"),
        FINISH("orrery_llm"),
        CANCEL("orrery_ingest"),
        SWEEP("orrery_ingest"),
        RENEW("orrery_llm"),
        MARK("orrery_prompt"),
        BOOK("orrery_billing"),
        TOP_UP("orrery_ingest"),
        REFUND("orrery_billing");

        final String role;

        Wish(String role) {
            this.role = role;
        }
    }

    /** What somebody was told. */
    record Told(Wish wish, Answer answer) {

        private boolean isAboutTheNextTurn() {
            return wish == Wish.ACCEPT || wish == Wish.ACCEPT_ANOTHER;
        }

        /** Whether it was this wish that ended the turn in flight. */
        private boolean ended() {
            return !isAboutTheNextTurn()
                    && wish != Wish.BEGIN
                    && List.of("finished", "overdue").contains(answer.verdict());
        }

        private boolean is(Wish what, String verdict) {
            return wish == what && answer.verdict().equals(verdict);
        }
    }

    /** Null when there is nothing to tell. */
    @Nullable Told grant(Wish wish, Client client) throws SQLException {
        var answer = answer(wish, client);
        return answer == null ? null : new Told(wish, answer);
    }

    private @Nullable Answer answer(Wish wish, Client client) throws SQLException {
        return switch (wish) {
            case ACCEPT -> client.accept(next, session, person.id(), "Hi", 0);
            case ACCEPT_ANOTHER -> client.accept(another, session, person.id(), "Hi", 0);
            case BEGIN -> client.begin(inFlight, UUID.randomUUID(), Client.LEASE_MILLIS);
            case FINISH -> client.complete(inFlight, run);
            case CANCEL -> client.cancel(inFlight);
            case SWEEP ->
                    client.sweep(100, 0, 0).stream()
                            .filter(this::isInFlight)
                            .findFirst()
                            .orElse(null);
            case RENEW -> withoutEnd(client.renew(inFlight, run, 10, 10));
            case MARK -> {
                client.markPublished(answered, "outcome");
                client.markPublished(inFlight, "request");
                client.markPublished(inFlight, "outcome");
                yield null;
            }
            case BOOK -> {
                bookWhatHasEnded(client);
                yield null;
            }
            case TOP_UP ->
                    withoutEnd(client.topUp("more-" + person.id(), person.id(), "INR", PRICE));
            case REFUND -> withoutEnd(client.refund("back-" + answered, "use:" + answered, PRICE));
        };
    }

    /** The outcomes of these turns could stand in the topic, so they may be booked. */
    private void bookWhatHasEnded(Client billing) throws SQLException {
        var charges =
                billing.all(
                        "select turn_id, charge_micros from billing.unbooked where wallet_id = ?",
                        row -> Map.entry(row.getObject(1, UUID.class), row.getLong(2)),
                        person.wallet());
        billing.book(
                charges.stream().map(Map.Entry::getKey).toList(),
                charges.stream().map(Map.Entry::getValue).toList());
    }

    private static @Nullable Answer withoutEnd(Object ignored) {
        return null;
    }

    private boolean isInFlight(Answer answer) {
        return answer.row().id().equals(inFlight);
    }

    /**
     * Ends and books what is still open, and checks everything.
     *
     * @param told what the wishes were answered with
     */
    void check(List<Told> told) throws SQLException {
        endedAtMostOnceAndToldAlike(told);
        begunByOneRunAtATime(told);
        acceptedOnceAndOneAfterTheOther(told);
        settle();
        var turns = superuser.turnsOf(session);
        assertThat(turns)
                .extracting(Turn::sequence)
                .containsExactlyElementsOf(numbersUpTo(turns.size()));
        assertThat(turns).noneMatch(turn -> turn.state().equals("open"));
        assertThat(scene.session(session).openTurn()).isNull();
        assertThat(scene.session(session).turns()).isEqualTo(turns.size());
        assertThat(scene.wallet(person))
                .isEqualTo(new Wallet(paidIn() - turns.stream().mapToLong(Round::charge).sum(), 0));
        assertThat(superuser.differences()).isEmpty();
    }

    private void endedAtMostOnceAndToldAlike(List<Told> told) throws SQLException {
        assertThat(told.stream().filter(Told::ended).count()).isLessThanOrEqualTo(1);
        var stored = superuser.turn(inFlight).end();
        var ends =
                told.stream()
                        .filter(each -> !each.isAboutTheNextTurn())
                        .map(each -> each.answer().row().end())
                        .filter(Objects::nonNull)
                        .toList();
        assertThat(ends).allSatisfy(end -> assertThat(end).isEqualTo(stored));
    }

    /** A run that was told so holds the turn for longer than a round takes. */
    private static void begunByOneRunAtATime(List<Told> told) {
        assertThat(told.stream().filter(each -> each.is(Wish.BEGIN, "yours")).count())
                .isLessThanOrEqualTo(1);
    }

    private static void acceptedOnceAndOneAfterTheOther(List<Told> told) {
        assertThat(told.stream().filter(Told::isAboutTheNextTurn))
                .allSatisfy(each ->
                        assertThat(each.answer().verdict())
                                .isIn("accepted", "existing", "turn_in_progress"));
        for (var wish : List.of(Wish.ACCEPT, Wish.ACCEPT_ANOTHER)) {
            assertThat(told.stream().filter(each -> each.is(wish, "accepted")).count())
                    .isLessThanOrEqualTo(1);
        }
    }

    private void settle() throws SQLException {
        for (var turn : superuser.turnsOf(session)) {
            superuser.fail(turn.id());
            superuser.book(turn.id(), superuser.turn(turn.id()).ended().charge());
        }
    }

    private long paidIn() throws SQLException {
        return superuser.number(
                """
                select sum(amount_micros) from billing.entries
                 where wallet_id = ? and credit_account = 'wallet:' || wallet_id
                """,
                person.wallet());
    }

    private static long charge(Turn turn) {
        return turn.ended().charge();
    }

    private static List<Integer> numbersUpTo(int last) {
        return java.util.stream.IntStream.rangeClosed(1, last).boxed().toList();
    }
}
