package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.turn.TurnRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredReplyTest {

    private static final UUID TURN = UUID.fromString("11111111-1111-4111-8111-111111111111");

    private static TurnRow row(
            String text,
            String attempts,
            List<CalledTool> calls,
            long epoch,
            boolean restarted,
            List<Integer> chunkEnds) {
        var now = Instant.EPOCH;
        var reply =
                new TurnRow.StoredReply(
                        text, "stop", "openai", "echo", null, 1, 1, null, null, false);
        return new TurnRow(
                TURN,
                TURN,
                "user",
                TURN,
                TURN,
                1,
                TURN,
                null,
                0,
                "[]",
                "text",
                now,
                now,
                0,
                0,
                1,
                "INR",
                new TurnRow.Ending(
                        TurnRow.State.COMPLETED,
                        null,
                        reply,
                        new TurnRow.Trail(null, attempts, null, CalledTool.write(calls), List.of()),
                        now,
                        5,
                        epoch,
                        restarted,
                        chunkEnds,
                        now));
    }

    /** However deltas and calls were mixed, the row gives every place what was streamed there. */
    @RepeatedTest(100)
    void putsEveryCallWhereItStood(RepetitionInfo repetition) {
        // given
        var chance = new Random(repetition.getCurrentRepetition());
        boolean restarted = chance.nextBoolean();
        int place = restarted ? 1 : 0;
        var streamed = new ArrayList<String>();
        var text = new StringBuilder();
        var ends = new ArrayList<Integer>();
        var calls = new ArrayList<CalledTool>();
        for (int i = 0; i < chance.nextInt(12); i++) {
            if (chance.nextBoolean()) {
                var chunk = "chunk " + i;
                text.append(chunk);
                ends.add(text.length());
                streamed.add(place++ + " " + chunk);
            } else {
                var outcome =
                        List.of("answered", "timed_out", "handed_to_app").get(chance.nextInt(3));
                var call = new CalledTool(1, "call_" + i, "t", "{}", "", outcome, 0);
                var places = new ArrayList<Integer>();
                for (var state : call.states()) {
                    streamed.add(place + " " + call.id() + " " + state.wireName());
                    places.add(place++);
                }
                calls.add(call.at(places));
            }
        }

        // when
        var parts = StoredReply.parts(row(text.toString(), "[]", calls, 7, restarted, ends));

        // then
        var body =
                parts.stream()
                        .filter(part ->
                                part instanceof ReplyPart.Delta
                                        || part instanceof ReplyPart.ToolCall)
                        .map(StoredReplyTest::line)
                        .toList();
        assertThat(body).as("seed %d", repetition.getCurrentRepetition()).isEqualTo(streamed);
        assertThat(parts.getLast().position().sequence()).isEqualTo(place);
    }

    private static String line(ReplyPart part) {
        int place = part.position().sequence();
        return switch (part) {
            case ReplyPart.Delta delta -> place + " " + delta.text();
            case ReplyPart.ToolCall call -> place + " " + call.id() + " " + call.state();
            default -> throw new AssertionError("expected a delta or a call: " + part);
        };
    }

    /** Rounds and calls without text made the attempt of a restart a guess. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2 | 3 | [{"number": 3, "openedEpoch": 2}, {"number": 4, "firstTokenMillis": 5}]
                    2 | 4 | [{"number": 3, "openedEpoch": 9}, {"number": 4, "firstTokenMillis": 5}]
                    101 | 101 | [{"number": 102}]
                    101 | 101 | []
                    """)
    void namesTheAttemptThatOpenedTheEpoch(long epoch, int attempt, String attempts) {
        // when
        var parts = StoredReply.parts(row("x", attempts, List.of(), epoch, true, List.of(1)));

        // then
        assertThat(parts).contains(new ReplyPart.Restarted(parts.get(4).position(), attempt));
    }

    @Test
    void givesAReplyWithoutCallsAsBefore() {
        // when
        var parts = StoredReply.parts(row("ab", "[]", List.of(), 1, false, List.of(1, 2)));

        // then
        assertThat(parts).extracting(ReplyPart::name).endsWith("delta", "delta", "completed");
    }
}
