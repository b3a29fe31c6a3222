package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplyLogsTest {

    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    @Test
    void keepsWhatItHeardOfAReplyUntilItEnds() {
        // given
        var logs = new ReplyLogs(100, 10, 1_000_000);
        logs.add(FIRST, delta(FIRST, "a"), 100);
        logs.add(SECOND, delta(SECOND, "b"), 101);
        logs.add(FIRST, delta(FIRST, "c"), 102);

        // when
        logs.remove(SECOND);

        // then
        assertThat(logs.of(FIRST)).extracting(ReplyEvent::getText).containsExactly("a", "c");
        assertThat(logs.of(SECOND)).isEmpty();
        assertThat(logs.size()).isEqualTo(2);
    }

    @Test
    void knowsNothingOfTheTimeBeforeItBegan() {
        // when
        var logs = new ReplyLogs(100, 10, 1_000_000);

        // then
        assertThat(logs.isCompleteFrom(99)).isFalse();
        assertThat(logs.isCompleteFrom(100)).isTrue();
    }

    @Test
    void forgetsTheOldestReplyWhenItIsFullAndSaysSo() {
        // given
        var logs = new ReplyLogs(100, 3, 1_000_000);
        logs.add(FIRST, delta(FIRST, "a"), 100);
        logs.add(SECOND, delta(SECOND, "b"), 101);
        logs.add(FIRST, delta(FIRST, "c"), 102);

        // when
        logs.add(SECOND, delta(SECOND, "d"), 103);

        // then
        assertThat(logs.of(FIRST)).isEmpty();
        assertThat(logs.of(SECOND)).extracting(ReplyEvent::getText).containsExactly("b", "d");
        assertThat(logs.isCompleteFrom(100)).isFalse();
        assertThat(logs.isCompleteFrom(101)).isTrue();
        assertThat(logs.size()).isEqualTo(2);
    }

    @Test
    void countsMemoryAndNotOnlyEvents() {
        // given
        var logs = new ReplyLogs(100, 1_000, 2_500);
        logs.add(FIRST, delta(FIRST, "a".repeat(500)), 100);
        logs.add(SECOND, delta(SECOND, "b".repeat(500)), 101);

        // when
        logs.add(SECOND, delta(SECOND, "c".repeat(500)), 102);

        // then
        assertThat(logs.of(FIRST)).isEmpty();
        assertThat(logs.of(SECOND)).hasSize(2);
    }

    @Test
    void forgetsAReplyThatIsLargerThanAllItMayKeep() {
        // given
        var logs = new ReplyLogs(100, 2, 1_000_000);
        logs.add(FIRST, delta(FIRST, "a"), 100);
        logs.add(FIRST, delta(FIRST, "b"), 101);

        // when
        logs.add(FIRST, delta(FIRST, "c"), 102);

        // then
        assertThat(logs.size()).isZero();
        assertThat(logs.isCompleteFrom(100)).isFalse();
    }

    static ReplyEvent delta(UUID turn, String text) {
        return ReplyEvent.newBuilder()
                .setTurnId(turn.toString())
                .setEpoch(1)
                .setSequence(0)
                .setKind(ReplyKind.DELTA)
                .setText(text)
                .build();
    }
}
