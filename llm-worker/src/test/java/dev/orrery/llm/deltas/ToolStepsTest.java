package dev.orrery.llm.deltas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.RecordingPublisher;
import dev.orrery.llm.Replies;
import dev.orrery.pipeline.tool.CallState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Where calls for tools stand among the deltas of a reply. */
class ToolStepsTest {

    private static final ToolStep CALLED =
            new ToolStep("call_1_1", "get_weather", "{}", CallState.CALLED);
    private static final ToolStep ANSWERED =
            new ToolStep("call_1_1", "get_weather", "{}", CallState.ANSWERED);

    private final ManualTime time = new ManualTime();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final ReplyWriter writer =
            new ReplyWriters(publisher, Pace.defaults(), () -> 1, time.ticker())
                    .open(
                            Examples.prompt(Examples.openTurn(Examples.TURN)),
                            Examples.ref(Examples.openTurn(Examples.TURN)),
                            1);

    private List<String> places() {
        return publisher.replies().stream().map(Replies::line).toList();
    }

    @Test
    void sendsTheTextBeforeAStepWithoutWaitingForItsPause() {
        // given
        writer.add("Good");
        writer.add(" morning");

        // when
        writer.add(CALLED);

        // then
        assertThat(places())
                .containsExactly(
                        "1/0 DELTA Good",
                        "1/1 DELTA  morning",
                        "1/2 TOOL_CALL call_1_1 get_weather called");
    }

    @Test
    void tellsTextBehindAStepInADeltaOfItsOwn() {
        // given
        publisher.hold();
        writer.add("Good");
        writer.add(" mor");
        writer.add(CALLED);
        writer.add("ning");

        // when
        var delivered = writer.end();
        for (int i = 0; i < 4; i++) {
            publisher.acknowledge();
        }

        // then
        assertThat(places())
                .containsExactly(
                        "1/0 DELTA Good",
                        "1/1 DELTA  mor",
                        "1/2 TOOL_CALL call_1_1 get_weather called",
                        "1/3 DELTA ning");
        assertThat(delivered.chunkEnds()).containsExactly(4, 8, 12);
        assertThat(delivered.placesOf("call_1_1")).containsExactly(2);
    }

    @Test
    void beginsTheNextEpochWithWhatIsKept() {
        // given
        writer.add("Good");
        writer.add(CALLED);
        writer.add(ANSWERED);
        writer.keep();
        writer.add(" even");

        // when
        writer.restart(3);
        writer.add(" morning");
        var delivered = writer.end();

        // then
        assertThat(places())
                .endsWith(
                        "2/0 RESTARTED 3",
                        "2/1 DELTA Good",
                        "2/2 TOOL_CALL call_1_1 get_weather called",
                        "2/3 TOOL_CALL call_1_1 get_weather answered",
                        "2/4 DELTA  morning");
        assertThat(delivered.text()).isEqualTo("Good morning");
        assertThat(delivered.openedBy()).isEqualTo(3);
        assertThat(delivered.placesOf("call_1_1")).containsExactly(2, 3);
    }

    @Test
    void keepsWhatHasNotLeftYet() {
        // given
        publisher.hold();
        writer.add("Go");
        writer.add("od");
        writer.add(CALLED);
        writer.keep();

        // when
        writer.restart(2);
        var delivered = writer.end();

        // then
        assertThat(delivered.text()).isEqualTo("Good");
        assertThat(delivered.chunkEnds()).containsExactly(4);
        assertThat(delivered.placesOf("call_1_1")).containsExactly(2);
    }

    @Test
    void tellsOfAnAbandonedReplyOnlyTheStepsThatHaveLeft() {
        // given
        publisher.hold();
        writer.add(CALLED);
        writer.add(ANSWERED);

        // when
        var delivered = writer.abandon();

        // then
        assertThat(delivered.placesOf("call_1_1")).containsExactly(0);
    }

    /**
     * However texts, steps, restarts, time and the broker meet: what a reply says it has come to is
     * what its readers were sent in the last epoch, place by place and without a gap.
     */
    @RepeatedTest(300)
    void knowsEveryPlaceOfWhatItSends(RepetitionInfo repetition) {
        // given
        var chance = new Random(repetition.getCurrentRepetition());
        publisher.hold();
        int attempt = 1;
        int calls = 0;
        for (int i = 0; i < 5 + chance.nextInt(40); i++) {
            switch (chance.nextInt(12)) {
                case 0 -> writer.restart(++attempt);
                case 1 -> writer.keep();
                case 2, 3 -> {
                    var id = "call_" + ++calls;
                    writer.add(new ToolStep(id, "t", "{}", CallState.CALLED));
                }
                case 4, 5 -> time.advance(Duration.ofMillis(chance.nextInt(30)));
                case 6, 7, 8 -> acknowledgeSome(chance);
                default -> writer.add(text(chance));
            }
        }

        // when
        var delivered = writer.end();
        acknowledgeAll();

        // then
        var last =
                publisher.replies().stream()
                        .filter(event -> event.getEpoch() == delivered.epoch())
                        .toList();
        var seed = "seed " + repetition.getCurrentRepetition();
        assertThat(last)
                .as(seed)
                .extracting(ReplyEvent::getSequence)
                .isEqualTo(numbers(last.size()));
        assertThat(of(last, ReplyKind.DELTA))
                .as(seed)
                .extracting(ReplyEvent::getText)
                .isEqualTo(chunks(delivered));
        assertThat(of(last, ReplyKind.TOOL_CALL))
                .as(seed)
                .extracting(event -> event.getSequence() + " " + event.getToolCall().getId())
                .isEqualTo(
                        delivered.steps().stream()
                                .map(each -> each.sequence() + " " + each.step().id())
                                .toList());
        assertThat(of(last, ReplyKind.RESTARTED)).hasSize(delivered.openedByRestart() ? 1 : 0);
    }

    private static String text(Random chance) {
        return List.of("a", "bc ", "\uD83D\uDE00", "\uD83D", "", "\0", "d e f")
                .get(chance.nextInt(7));
    }

    private void acknowledgeSome(Random chance) {
        while (publisher.isWaited() && chance.nextInt(3) > 0) {
            publisher.acknowledge();
        }
    }

    private void acknowledgeAll() {
        while (publisher.isWaited()) {
            publisher.acknowledge();
        }
    }

    private static List<ReplyEvent> of(List<ReplyEvent> events, ReplyKind kind) {
        return events.stream().filter(event -> event.getKind() == kind).toList();
    }

    private static List<Integer> numbers(int count) {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static List<String> chunks(DeliveredReply delivered) {
        var chunks = new ArrayList<String>();
        int begin = 0;
        for (int end : delivered.chunkEnds()) {
            chunks.add(delivered.text().substring(begin, end));
            begin = end;
        }
        return chunks;
    }
}
