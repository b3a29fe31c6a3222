package dev.orrery.pipeline.turn;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows as the database would give them. */
final class TurnExamples {

    static final UUID TURN = UUID.fromString("11111111-1111-4111-8111-111111111111");
    static final UUID SESSION = UUID.fromString("22222222-2222-4222-8222-222222222222");
    static final UUID WALLET = UUID.fromString("33333333-3333-4333-8333-333333333333");
    static final Instant ACCEPTED_AT = Instant.parse("2026-11-24T10:00:00Z");

    static final TurnRow OPEN = row(null);

    private static final TurnRow.Trail TRAIL =
            new TurnRow.Trail(
                    "abc123",
                    """
                    [{"number": 1, "provider": "groq", "model": "llama", "region": null,
                      "result": "rate_limited", "firstTokenMillis": null, "tookMillis": 30},
                     {"number": 2, "provider": "openai", "model": "gpt-5-mini", "region": "eu",
                      "result": "answered", "firstTokenMillis": 210, "tookMillis": 900, "costUsdMicros": 712}]
                    """,
                    712L,
                    """
                    [{"round": 1, "id": "call_1", "name": "get_weather", "arguments": "{\\"place\\": \\"Pune\\"}",
                      "result": null, "outcome": "timed_out", "tookMillis": 5000, "places": [1, 3]}]
                    """,
                    List.of("crisis"));

    static final TurnRow COMPLETED =
            row(
                    new TurnRow.Ending(
                            TurnRow.State.COMPLETED,
                            null,
                            new TurnRow.StoredReply(
                                    "Good day.",
                                    "stop",
                                    "openai",
                                    "gpt-5-mini",
                                    null,
                                    120,
                                    4,
                                    100L,
                                    null,
                                    false),
                            TRAIL,
                            ACCEPTED_AT.plusMillis(450),
                            5_000_000,
                            101,
                            true,
                            List.of(4, 9),
                            ACCEPTED_AT.plusSeconds(2)));

    static final TurnRow CANCELLED = row(ended(TurnRow.State.CANCELLED, "cancelled"));
    static final TurnRow FAILED = row(ended(TurnRow.State.FAILED, "deadline_exceeded"));

    private TurnExamples() {}

    private static TurnRow.Ending ended(TurnRow.State state, String code) {
        return new TurnRow.Ending(
                state,
                code,
                null,
                TurnRow.Trail.NONE,
                null,
                0,
                1,
                false,
                List.of(),
                ACCEPTED_AT.plusSeconds(60));
    }

    private static TurnRow row(TurnRow.@Nullable Ending ending) {
        return new TurnRow(
                TURN,
                SESSION,
                "ada",
                WALLET,
                UUID.fromString("44444444-4444-4444-8444-444444444444"),
                3,
                UUID.fromString("55555555-5555-4555-8555-555555555555"),
                null,
                2,
                """
                [{"kind": "birth_chart", "indispensable": true, "format": "json"}, {"kind": "weather"}]
                """,
                "Will I be famous?",
                ACCEPTED_AT,
                ACCEPTED_AT.plusSeconds(60),
                7,
                1_234,
                2,
                "INR",
                ending);
    }
}
