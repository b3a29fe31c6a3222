package dev.orrery.database;

import dev.orrery.database.Scene.Person;
import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Somebody with money in a wallet, who talks to a bot that takes so much for each message. */
final class Customer {

    static final long PRICE = 5_000_000;
    static final long MONEY = 100_000_000;

    private final Client superuser;
    private final Scene scene;
    private final UUID bot;
    private final Person person;

    Customer(ServiceDatabase database) throws SQLException {
        this.superuser = database.superuser();
        this.scene = database.scene();
        this.bot = scene.bot(Scene.perMessage(PRICE));
        this.person = scene.person(MONEY);
    }

    String id() {
        return person.id();
    }

    UUID walletId() {
        return person.wallet();
    }

    /** A turn that waits for its answer. */
    UUID open() throws SQLException {
        return scene.turn(scene.session(person, bot), person);
    }

    /** A turn of a bot with another price, that waits for its answer. */
    UUID open(String price) throws SQLException {
        return scene.turn(scene.session(person, scene.bot(price)), person);
    }

    /** A turn that was answered and is not booked yet. */
    UUID answered() throws SQLException {
        return scene.answeredTurn(scene.session(person, bot), person);
    }

    /** A turn that failed, hence costs nothing, and is not booked yet. */
    UUID failed() throws SQLException {
        var turn = open();
        superuser.fail(turn);
        return turn;
    }

    Wallet wallet() throws SQLException {
        return scene.wallet(person);
    }

    /** Keys of what was posted to the wallet, in this order. */
    List<String> entries() throws SQLException {
        return superuser.all(
                "select entry_key from billing.entries where wallet_id = ? order by entry_number",
                row -> row.getString(1),
                person.wallet());
    }
}
