package dev.orrery.pipeline.prompt.variables;

import dev.orrery.events.Fact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Scenes that differ from a usual one in one thing. */
public final class Scenes {

    public static final Bot NOVA =
            new Bot("Nova", "A guide to the sky.", "An observatory at night.", Bot.DEFAULT_ZONE);

    public static final UUID TURN = UUID.fromString("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001");
    public static final Instant ACCEPTED = Instant.parse("2026-01-15T09:15:00Z");
    public static final String ASHA = "{\"name\": \"Asha\", \"age\": 31, \"gender\": \"female\"}";

    private Scenes() {}

    public static Scene usual() {
        return scene(TURN, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(), List.of());
    }

    public static Scene at(Instant accepted) {
        return scene(TURN, accepted, NOVA, ASHA, "Will it rain?", List.of(), List.of());
    }

    public static Scene at(Instant accepted, ZoneId zone) {
        var bot = new Bot(NOVA.name(), NOVA.description(), NOVA.sceneDescription(), zone);
        return scene(TURN, accepted, bot, ASHA, "Will it rain?", List.of(), List.of());
    }

    public static Scene of(UUID turn) {
        return scene(turn, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(), List.of());
    }

    public static Scene withProfile(String json) {
        return scene(TURN, ACCEPTED, NOVA, json, "Will it rain?", List.of(), List.of());
    }

    public static Scene withProfile(String json, Instant accepted) {
        return scene(TURN, accepted, NOVA, json, "Will it rain?", List.of(), List.of());
    }

    public static Scene withMessage(String message) {
        return scene(TURN, ACCEPTED, NOVA, ASHA, message, List.of(), List.of());
    }

    public static Scene withHistory(Exchange... history) {
        return scene(TURN, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(history), List.of());
    }

    public static Scene withFacts(Fact... facts) {
        return scene(TURN, ACCEPTED, NOVA, ASHA, "Will it rain?", List.of(), List.of(facts));
    }

    /** As the usual one, but for what is known beside it. */
    public static Scene with(Bot bot, String profile, List<Fact> facts, List<String> memories) {
        return new Scene(
                TURN,
                ACCEPTED,
                bot,
                profile(profile),
                "Will it rain?",
                List.of(),
                facts,
                memories,
                ValueRules.NONE);
    }

    /** As the usual one, under these rules. */
    public static Scene under(ValueRules rules, String message) {
        return new Scene(
                TURN,
                ACCEPTED,
                NOVA,
                profile(ASHA),
                message,
                List.of(new Exchange("Hi", "Namaste")),
                List.of(),
                List.of("Likes tea"),
                rules);
    }

    public static Profile profile(String json) {
        return new Profile(JsonMapper.shared().readTree(json));
    }

    private static Scene scene(
            UUID turn,
            Instant accepted,
            Bot bot,
            String profile,
            String message,
            List<Exchange> history,
            List<Fact> facts) {
        return new Scene(turn, accepted, bot, profile(profile), message, history, facts);
    }
}
