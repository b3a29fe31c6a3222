package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplyCursorTest {

    private static final UUID TURN = UUID.randomUUID();
    private static final UUID SESSION = UUID.randomUUID();

    private final ReplyCursor cursor = new ReplyCursor(TURN, SESSION, null);

    @Test
    void showsTheStagesThatWereMissedBeforeTheFirstText() {
        // given
        cursor.begin();

        // when
        var shown = cursor.live(new ReplyPart.Delta(new ReplyPosition(1, 0), "Hello"));

        // then
        assertThat(shown)
                .extracting(part -> part.position().id())
                .containsExactly(1L, 2L, 3L, 1_000_000L);
    }

    @Test
    void dropsRepeatsAndEarlierEpochs() {
        // given
        cursor.begin();
        cursor.live(new ReplyPart.Restarted(new ReplyPosition(101, 0), 2));

        // when
        var shown = cursor.live(new ReplyPart.Delta(new ReplyPosition(1, 0), "from a zombie"));

        // then
        assertThat(shown).isEmpty();
    }

    @Test
    void holdsBackWhatFollowsAGapUntilTheRowFillsIt() {
        // given
        var row = completed(List.of("a", "b", "c"), 1, false);
        cursor.begin();
        cursor.live(new ReplyPart.Delta(new ReplyPosition(1, 0), "a"));

        // when
        var beyondTheGap = cursor.live(new ReplyPart.Delta(new ReplyPosition(1, 2), "c"));
        var end = cursor.live(StoredReply.parts(row).getLast());
        var rest = cursor.end(row);

        // then
        assertThat(beyondTheGap).isEmpty();
        assertThat(end).isNull();
        assertThat(rest)
                .extracting(part -> part.position().id())
                .containsExactly(1_000_001L, 1_000_002L, 1_000_003L);
        assertThat(cursor.hasEnded()).isTrue();
    }

    @Test
    void tellsTheEndToAClientThatNamesAPlaceBeyondIt() {
        // given
        var row = completed(List.of("a"), 1, false);
        var ahead = new ReplyCursor(TURN, SESSION, new ReplyPosition(7, 7));

        // when
        var shown = ahead.end(row);

        // then
        assertThat(shown).singleElement().isInstanceOf(ReplyPart.Completed.class);
    }

    @Test
    void saysNothingMoreToAClientThatHasSeenTheEnd() {
        // given
        var row = completed(List.of("a"), 1, false);
        var there = new ReplyCursor(TURN, SESSION, StoredReply.parts(row).getLast().position());

        // when
        var shown = there.end(row);

        // then
        assertThat(shown).isEmpty();
        assertThat(there.hasEnded()).isTrue();
    }

    /**
     * For any chunking, any place to resume at, and any loss, repetition and delay of live parts on
     * the way, a client that reads on to the end has seen each place of the stored reply exactly
     * once and in order.
     */
    @Test
    void showsEachPlaceOnceWhateverTheTopicDoes() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            // given
            var chunks = new ArrayList<String>();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                chunks.add("x".repeat(random.nextInt(1, 5)));
            }
            boolean restarted = random.nextBoolean();
            var row = completed(chunks, restarted ? 102 : 1, restarted);
            var stored = StoredReply.parts(row);
            var live = disturbed(stored.subList(1, stored.size()), random);
            int resumedAt = random.nextInt(-1, stored.size());
            var client =
                    new ReplyCursor(
                            TURN, SESSION, resumedAt < 0 ? null : stored.get(resumedAt).position());

            // when
            var shown = new ArrayList<>(client.begin());
            for (var part : live) {
                var parts = client.live(part);
                shown.addAll(parts == null ? client.end(row) : parts);
            }
            shown.addAll(client.end(row));

            // then
            assertThat(shown)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(stored.subList(resumedAt + 1, stored.size()));
        }
    }

    private static List<ReplyPart> disturbed(List<ReplyPart> parts, Random random) {
        var disturbed = new ArrayList<ReplyPart>();
        for (var part : parts) {
            for (int copies = random.nextInt(10) == 0 ? random.nextInt(0, 3) : 1;
                    copies > 0;
                    copies--) {
                disturbed.add(part);
            }
        }
        if (disturbed.size() > 2 && random.nextInt(4) == 0) {
            int at = random.nextInt(disturbed.size() - 1);
            Collections.swap(disturbed, at, at + 1);
        }
        return disturbed;
    }

    private static TurnRow completed(List<String> chunks, long epoch, boolean restarted) {
        var ends = new ArrayList<Integer>();
        int end = 0;
        for (var chunk : chunks) {
            end += chunk.length();
            ends.add(end);
        }
        var now = Instant.EPOCH;
        var reply =
                new TurnRow.StoredReply(
                        String.join("", chunks),
                        "stop",
                        "openai",
                        "echo",
                        null,
                        1,
                        1,
                        null,
                        null,
                        false);
        var attempts = "[{\"number\": 2, \"firstTokenMillis\": 5}]";
        return new TurnRow(
                TURN,
                SESSION,
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
                        new TurnRow.Trail(null, attempts, null, "[]", List.of()),
                        now,
                        5,
                        epoch,
                        restarted,
                        ends,
                        now));
    }

    @Test
    void announcesEachStageAtItsOwnPlace() {
        // given
        cursor.begin();

        // when
        var shown = cursor.live(ReplyPart.Progress.of(ReplyStage.LLM));

        // then
        assertThat(shown).extracting(part -> part.position().id()).containsExactly(1L, 2L, 3L);
    }
}
