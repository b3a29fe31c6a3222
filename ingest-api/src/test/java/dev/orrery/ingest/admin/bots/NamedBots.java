package dev.orrery.ingest.admin.bots;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.User;
import java.util.UUID;

/** Bots that an operator makes, all of one name that nobody else gives to one. */
record NamedBots(User admin, String name) {

    static final String PATH = "/admin/v1/bots";

    NamedBots(User admin) {
        this(admin, "Bot " + UUID.randomUUID());
    }

    /**
     * @param fields beside the name, behind a comma
     */
    Answer create(String fields) {
        return admin.post(PATH, "{\"name\": \"" + name + "\"" + fields + "}");
    }

    Answer change(String slug, String document) {
        return admin.patch(PATH + "/" + slug, document);
    }

    Answer delete(String slug) {
        return admin.delete(PATH + "/" + slug);
    }

    Answer get(String slug) {
        return admin.get(PATH + "/" + slug);
    }

    /** Whether users are offered it. */
    boolean offers(String slug) {
        return admin.get("/v1/bots")
                .json()
                .path("items")
                .valueStream()
                .anyMatch(bot -> bot.path("bot").asString().equals(slug));
    }
}
