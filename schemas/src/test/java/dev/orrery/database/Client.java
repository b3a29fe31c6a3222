package dev.orrery.database;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connection, with the functions of the contract as its methods. Not thread safe: each test
 * thread has its own.
 */
final class Client implements AutoCloseable {

    static final int PATIENCE_MILLIS = 30_000;
    static final int GRACE_MILLIS = 5_000;
    static final int LEASE_MILLIS = 60_000;

    /** A lease that has lapsed before anybody can look at it. */
    static final int LAPSED = 0;

    private final Connection connection;

    Client(Connection connection) {
        this.connection = connection;
    }

    Answer accept(UUID turn, UUID session, String user, String text) throws SQLException {
        return accept(turn, session, user, text, PATIENCE_MILLIS);
    }

    Answer accept(UUID turn, UUID session, String user, String text, int patienceMillis)
            throws SQLException {
        return one(
                "select x.verdict, x.detail, (x.turn).* from chat.accept_turn(?, ?, ?, ?, ?, ?, ?, 0, 0) x",
                row ->
                        new Answer(
                                row.getString("verdict"),
                                row.getString("detail"),
                                Turn.readIfAny(row)),
                turn,
                session,
                user,
                text,
                text.getBytes(StandardCharsets.UTF_8),
                patienceMillis,
                GRACE_MILLIS);
    }

    /** One turn, one run. */
    Answer begin(UUID turn, UUID run, int leaseMillis) throws SQLException {
        return begin(List.of(turn), List.of(run), leaseMillis).getFirst();
    }

    List<Answer> begin(List<UUID> turns, List<UUID> runs, int leaseMillis) throws SQLException {
        return all(
                "select x.verdict, x.lease_ms, (x.turn).* from chat.begin_run(?, ?, ?) x",
                row ->
                        new Answer(
                                row.getString("verdict"),
                                row.getString("lease_ms"),
                                Turn.readIfAny(row)),
                uuids(turns),
                uuids(runs),
                leaseMillis);
    }

    /** The turns that were lost. */
    List<UUID> renew(UUID turn, UUID run, long input, long output) throws SQLException {
        return all(
                "select lost_turn_id from chat.renew_leases(?, ?, ?, ?, ?)",
                row -> row.getObject(1, UUID.class),
                uuids(List.of(turn)),
                uuids(List.of(run)),
                longs(List.of(input)),
                longs(List.of(output)),
                LEASE_MILLIS);
    }

    Answer finish(UUID turn, @Nullable UUID run, String state, @Nullable String result)
            throws SQLException {
        return one(
                "select x.verdict, (x.turn).* from chat.finish_turn(?, ?::uuid, ?, ?::jsonb) x",
                row -> new Answer(row.getString("verdict"), null, Turn.readIfAny(row)),
                turn,
                run,
                state,
                result);
    }

    /** A run has an answer of ten tokens to a prompt of a hundred. */
    Answer complete(UUID turn, UUID run) throws SQLException {
        return complete(turn, run, 100, 10);
    }

    Answer complete(UUID turn, UUID run, long input, long output) throws SQLException {
        return finish(
                turn,
                run,
                "completed",
                """
                {"text": "Hello", "finish_reason": "stop", "provider": "openai", "model": "m", "input_tokens": %d,
                 "output_tokens": %d, "epoch": 1, "chunk_ends": [2, 5]}
                """
                        .formatted(input, output));
    }

    Answer cancel(UUID turn) throws SQLException {
        return finish(turn, null, "cancelled", "{\"code\": \"cancelled\"}");
    }

    Answer fail(UUID turn) throws SQLException {
        return finish(turn, null, "failed", "{\"code\": \"internal\"}");
    }

    List<Answer> sweep(int limit, int patienceMillis, int graceMillis) throws SQLException {
        return all(
                "select x.finding, (x.turn).* from chat.sweep_turns(?, ?, ?) x",
                row -> new Answer(row.getString("finding"), null, Turn.readIfAny(row)),
                limit,
                patienceMillis,
                graceMillis);
    }

    void markPublished(UUID turn, String what) throws SQLException {
        all("select chat.mark_published(?, ?)", row -> "", uuids(List.of(turn)), what);
    }

    /** What each turn has paid, of those that this call closed. */
    Map<UUID, Long> book(List<UUID> turns, List<Long> charges) throws SQLException {
        var closed = new TreeMap<UUID, Long>();
        all(
                "select turn_id, charged_micros from billing.book(?, ?)",
                row -> closed.put(row.getObject(1, UUID.class), row.getLong(2)),
                uuids(turns),
                longs(charges));
        return closed;
    }

    Map<UUID, Long> book(UUID turn, long charge) throws SQLException {
        return book(List.of(turn), List.of(charge));
    }

    String topUp(String payment, String owner, String currency, long micros) throws SQLException {
        return text("select billing.top_up(?, ?, ?, ?)", payment, owner, currency, micros);
    }

    String refund(String refund, String entryKey, long micros) throws SQLException {
        return text("select billing.refund(?, ?, ?)", refund, entryKey, micros);
    }

    /** Each line is a fault of the books. */
    List<String> differences() throws SQLException {
        return all(
                "select difference, subject from billing.differences",
                row -> row.getString(1) + ": " + row.getString(2));
    }

    Turn turn(UUID id) throws SQLException {
        return one("select t.* from chat.turns t where t.turn_id = ?", Turn::read, id);
    }

    List<Turn> turnsOf(UUID session) throws SQLException {
        return all(
                "select t.* from chat.turns t where t.session_id = ? order by t.sequence",
                Turn::read,
                session);
    }

    String text(String sql, @Nullable Object... arguments) throws SQLException {
        return one(sql, row -> row.getString(1), arguments);
    }

    long number(String sql, @Nullable Object... arguments) throws SQLException {
        return one(sql, row -> row.getLong(1), arguments);
    }

    /** Rows that were changed. */
    int run(String sql, @Nullable Object... arguments) throws SQLException {
        try (var statement = prepare(sql, arguments)) {
            return statement.execute() ? 0 : statement.getUpdateCount();
        }
    }

    <T> T one(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        var rows = all(sql, reader, arguments);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows (expected: 1) of " + sql);
        }
        return rows.getFirst();
    }

    <T> List<T> all(String sql, Reader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        try (var statement = prepare(sql, arguments);
                var rows = statement.executeQuery()) {
            var read = new ArrayList<T>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /** From here on nothing is committed but by {@link #commit()}. */
    void beginTransaction() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    void rollBack() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    int processId() throws SQLException {
        return (int) number("select pg_backend_pid()");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    Array uuids(List<UUID> values) throws SQLException {
        return connection.createArrayOf("uuid", values.toArray());
    }

    Array longs(List<Long> values) throws SQLException {
        return connection.createArrayOf("bigint", values.toArray());
    }

    static List<UUID> newIds(int count) {
        var ids = new UUID[count];
        Arrays.setAll(ids, i -> UUID.randomUUID());
        return List.of(ids);
    }

    /** Reads one row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
