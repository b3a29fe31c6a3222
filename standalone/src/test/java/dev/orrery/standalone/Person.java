package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.tools.door.Door;
import dev.orrery.tools.door.ReplyPart;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Somebody with birth details and money who talks to a bot, and remembers every event of every
 * reply.
 */
final class Person implements AutoCloseable {

    static final Duration LONGEST_BOOKING = Duration.ofSeconds(30);

    private static final Map<String, Object> PROFILE =
            Map.of(
                    "name", "Asha",
                    "gender", "female",
                    "language", "ENGLISH",
                    "country", "IN",
                    "birth",
                            Map.of(
                                    "date", "1995-08-21",
                                    "time", "06:45",
                                    "latitude", 18.5204,
                                    "longitude", 73.8567,
                                    "utc_offset", 5.5));

    private final Door door;
    private final String session;

    private Person(Door door, String session) {
        this.door = door;
        this.session = session;
    }

    /** A new person with so much money, in a fresh session with the demo bot. */
    static Person with(URI address, Secrets secrets, String name, long micros)
            throws IOException, InterruptedException {
        return with(address, secrets, name, micros, DemoBot.MIRA);
    }

    /** A new person with so much money, in a fresh session with this bot. */
    static Person with(URI address, Secrets secrets, String name, long micros, DemoBot bot)
            throws IOException, InterruptedException {
        var door = new Door(address, secrets.token(name, "chat"));
        door.put("/v1/me", PROFILE);
        try (var admin = new Door(address, secrets.token("admin", "admin"))) {
            if (micros > 0) {
                admin.post(
                        "/admin/v1/wallets/" + name + "/top-ups",
                        Map.of(
                                "payment_id",
                                "first-" + name,
                                "amount_micros",
                                micros,
                                "currency",
                                "INR"));
            }
        }
        return new Person(
                door, door.post("/v1/sessions", Map.of("bot", bot.slug())).path("id").asString());
    }

    String session() {
        return session;
    }

    /** Posts a message and reads its reply to the end. */
    List<ReplyPart> say(String text) throws IOException, InterruptedException {
        var parts = new ArrayList<ReplyPart>();
        door.converse(session, text, parts::add, () -> {});
        return parts;
    }

    /** Posts a message and hands on every event as it comes, over broken connections too. */
    void converse(String text, Consumer<ReplyPart> reader)
            throws IOException, InterruptedException {
        door.converse(session, text, reader, () -> {});
    }

    /** What a reply holds after this id. */
    List<ReplyPart> eventsAfter(String messageId, long id)
            throws IOException, InterruptedException {
        var parts = new ArrayList<ReplyPart>();
        door.read(messageId, id, parts::add);
        return parts;
    }

    /** Waits until so much is left, and nothing is held. */
    void awaitWallet(long micros) {
        await().atMost(LONGEST_BOOKING)
                .untilAsserted(() -> {
                    var wallet = wallet();
                    assertThat(wallet.path("posted_micros").asLong()).isEqualTo(micros);
                    assertThat(wallet.path("held_micros").asLong()).isZero();
                });
    }

    JsonNode wallet() throws IOException, InterruptedException {
        return door.get("/v1/wallet");
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return door.get(path);
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return door.post(path, body);
    }

    @Override
    public void close() {
        door.close();
    }
}
