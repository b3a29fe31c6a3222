package dev.orrery.database;

import java.sql.SQLException;
import java.util.UUID;

/**
 * Sets up bots, people, wallets and sessions, and looks at them, with the rights of a superuser.
 */
final class Scene {

    /** Enough for whatever a test does. */
    static final long PLENTY = 1_000_000_000_000L;

    static final int PROMPT_TOKEN_LIMIT = 2_000;
    static final int MAX_OUTPUT_TOKENS = 500;

    private final Client client;

    Scene(Client client) {
        this.client = client;
    }

    record Person(String id, UUID wallet) {}

    record Wallet(long posted, long held) {}

    record SessionState(
            String state,
            int turns,
            @org.jspecify.annotations.Nullable UUID openTurn,
            int freeUsed) {}

    static String perMessage(long micros) {
        return "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": %d}"
                .formatted(micros);
    }

    static String perMessage(long micros, int freeMessages) {
        return """
        {"unit": "message", "currency": "INR", "per_message_micros": %d, "free_messages": %d}
        """
                .formatted(micros, freeMessages);
    }

    static String perThousandTokens(long input, long output) {
        return """
        {"unit": "token", "currency": "INR", "input_per_1k_micros": %d, "output_per_1k_micros": %d}
        """
                .formatted(input, output);
    }

    static String perMinute(long micros) {
        return "{\"unit\": \"minute\", \"currency\": \"INR\", \"per_minute_micros\": %d}"
                .formatted(micros);
    }

    /** A live bot with an active configuration, which wants nothing of its user. */
    UUID bot(String price) throws SQLException {
        return bot(price, "{}");
    }

    UUID bot(String price, String metadata) throws SQLException {
        var bot = UUID.randomUUID();
        client.run(
                """
                insert into chat.bots (bot_id, slug, name, status, metadata, price)
                values (?, ?, 'Bot', 'live', ?::jsonb, ?::jsonb)
                """,
                bot,
                "bot-" + bot,
                metadata,
                price);
        activate(bot, UUID.randomUUID());
        return bot;
    }

    /** Gives the bot its active configuration. */
    void activate(UUID bot, UUID revision) throws SQLException {
        var config = UUID.randomUUID();
        client.beginTransaction();
        client.run(
                """
                insert into chat.config_revisions (revision_id, config_id, number, provider, model,
                                                   prompt_token_limit, max_output_tokens, author)
                values (?, ?, 1, 'openai', 'm', ?, ?, 'test')
                """,
                revision,
                config,
                PROMPT_TOKEN_LIMIT,
                MAX_OUTPUT_TOKENS);
        client.run(
                """
                insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
                values (?, ?, 'main', true, ?)
                """,
                config,
                bot,
                revision);
        client.commit();
    }

    /** Somebody with so much in a wallet of Indian rupees. */
    Person person(long micros) throws SQLException {
        return person(micros, "INR");
    }

    Person person(long micros, String currency) throws SQLException {
        var person = new Person("user-" + UUID.randomUUID(), UUID.randomUUID());
        client.run(
                "insert into chat.users (user_id, wallet_id) values (?, ?)",
                person.id(),
                person.wallet());
        client.text("select billing.open_wallet(?, ?, ?)", person.wallet(), person.id(), currency);
        if (micros > 0) {
            client.topUp("first-" + person.id(), person.id(), currency, micros);
        }
        return person;
    }

    void profile(Person person, int version, String document) throws SQLException {
        client.run(
                "insert into chat.profiles (user_id, version, document) values (?, ?, ?::jsonb)",
                person.id(),
                version,
                document);
        client.run(
                "update chat.users set profile_version = ? where user_id = ?",
                version,
                person.id());
    }

    UUID session(Person person, UUID bot) throws SQLException {
        var session = UUID.randomUUID();
        client.run(
                """
                insert into chat.sessions (session_id, user_id, wallet_id, bot_id, price, price_version)
                select ?, ?, ?, b.bot_id, b.price, b.price_version from chat.bots b where b.bot_id = ?
                """,
                session,
                person.id(),
                person.wallet(),
                bot);
        return session;
    }

    /** An accepted turn. */
    UUID turn(UUID session, Person person) throws SQLException {
        return turn(session, person, Client.PATIENCE_MILLIS);
    }

    UUID turn(UUID session, Person person, int patienceMillis) throws SQLException {
        var turn = UUID.randomUUID();
        var answer = client.accept(turn, session, person.id(), "Hi", patienceMillis);
        if (!answer.verdict().equals("accepted")) {
            throw new AssertionError(answer.verdict() + " (expected: accepted)");
        }
        return turn;
    }

    /** A turn that was answered and is not booked yet. */
    UUID answeredTurn(UUID session, Person person) throws SQLException {
        var turn = turn(session, person);
        var run = UUID.randomUUID();
        client.begin(turn, run, Client.LEASE_MILLIS);
        client.complete(turn, run);
        return turn;
    }

    Wallet wallet(Person person) throws SQLException {
        return client.one(
                "select posted_micros, held_micros from billing.wallets where wallet_id = ?",
                row -> new Wallet(row.getLong(1), row.getLong(2)),
                person.wallet());
    }

    SessionState session(UUID session) throws SQLException {
        return client.one(
                "select state, turns, open_turn_id, free_used from chat.sessions where session_id = ?",
                row ->
                        new SessionState(
                                row.getString(1),
                                row.getInt(2),
                                row.getObject(3, UUID.class),
                                row.getInt(4)),
                session);
    }

    /** Status of the hold of a turn; "none" when there is none. */
    String hold(UUID turn) throws SQLException {
        var found =
                client.all(
                        "select status from billing.holds where turn_id = ?",
                        row -> row.getString(1),
                        turn);
        return found.isEmpty() ? "none" : found.getFirst();
    }

    /** Moves the beginning of the session into the past, as if so much time had gone by. */
    void passTime(UUID session, long millis) throws SQLException {
        client.run(
                """
                update chat.sessions set first_accepted_at = first_accepted_at - make_interval(secs => ? / 1000.0)
                 where session_id = ?
                """,
                millis,
                session);
    }
}
