package dev.orrery.prompt.variables;

import dev.orrery.events.Fact;
import dev.orrery.prompt.bots.Bot;
import dev.orrery.prompt.history.Exchange;
import dev.orrery.prompt.profiles.Profile;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Scenes that differ from a usual one in one thing. */
public final class Scenes {

    public static final Bot NOVA =
            new Bot("Nova", "A guide to the sky.", "An observatory at night.", Bot.DEFAULT_ZONE);

    static final UUID TURN = UUID.fromString("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001");
    static final Instant ACCEPTED = Instant.parse("2026-01-15T09:15:00Z");
    static final String ASHA = "{\"name\": \"Asha\", \"age\": 31, \"gender\": \"female\"}";

    private Scenes() {}

    static Scene usual() {
        return scene(TURN, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(), List.of());
    }

    static Scene at(Instant accepted) {
        return scene(TURN, accepted, NOVA, ASHA, "Will it rain?", List.of(), List.of());
    }

    static Scene at(Instant accepted, ZoneId zone) {
        var bot = new Bot(NOVA.name(), NOVA.description(), NOVA.sceneDescription(), zone);
        return scene(TURN, accepted, bot, ASHA, "Will it rain?", List.of(), List.of());
    }

    static Scene of(UUID turn) {
        return scene(turn, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(), List.of());
    }

    static Scene withProfile(String json) {
        return scene(TURN, ACCEPTED, NOVA, json, "Will it rain?", List.of(), List.of());
    }

    static Scene withProfile(String json, Instant accepted) {
        return scene(TURN, accepted, NOVA, json, "Will it rain?", List.of(), List.of());
    }

    static Scene withMessage(String message) {
        return scene(TURN, ACCEPTED, NOVA, ASHA, message, List.of(), List.of());
    }

    static Scene withHistory(Exchange... history) {
        return scene(TURN, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(history), List.of());
    }

    static Scene withFacts(Fact... facts) {
        return scene(TURN, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(), List.of(facts));
    }

    private static Scene scene(
            UUID turn,
            Instant accepted,
            Bot bot,
            String profile,
            String message,
            List<Exchange> history,
            List<Fact> facts) {
        return new Scene(
                turn,
                accepted,
                bot,
                new Profile(JsonMapper.shared().readTree(profile)),
                message,
                history,
                facts);
    }
}
