package dev.orrery.tools.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a reply is read on, and when it is not. */
class DoorTest {

    private static final String BEGINNING =
            """
            id:0
            event:accepted
            data:{"message_id":"m-1"}

            """;

    private static final String END =
            """
            id:1000001
            event:completed
            data:{}

            """;

    /** Moves when the test moves it. */
    private static final class HandWound extends Clock {
        private volatile Instant now = Instant.EPOCH;

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private final ScriptedDoor scripted = new ScriptedDoor();
    private final HandWound clock = new HandWound();
    private final Door door = new Door(scripted.address(), "token", clock);
    private final List<String> read = new ArrayList<>();

    DoorTest() throws IOException {
        scripted.answerMessageWith(200, BEGINNING);
    }

    @AfterEach
    void close() {
        door.close();
        scripted.close();
    }

    @Test
    void countsSilenceFromTheLastPartOfAReplyAndNotFromItsPost() throws Exception {
        // given
        scripted.answerResumptionWith(200, END);

        // when
        door.converse(
                "s-1",
                "Hi",
                part -> {
                    read.add(part.name());
                    clock.advance(Duration.ofMinutes(3));
                },
                () -> {});

        // then
        assertThat(read).containsExactly("accepted", "completed");
    }

    @Test
    void givesUpAReplyThatEndsAgainAndAgainWithoutItsEnd() {
        // given
        scripted.answerResumptionWith(200, "");

        // when
        assertThatThrownBy(() ->
                        door.converse(
                                "s-1",
                                "Hi",
                                part -> read.add(part.name()),
                                () -> clock.advance(Duration.ofSeconds(121))))

                // then
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not go on within PT2M");
        assertThat(scripted.resumedBehind()).containsExactly("m-1 behind 0");
    }

    @Test
    void doesNotOpenAStreamAgainThatHasNothingLeft() throws Exception {
        // given
        scripted.answerResumptionWith(204, "");

        // when
        door.converse("s-1", "Hi", part -> read.add(part.name()), () -> {});

        // then
        assertThat(read).containsExactly("accepted");
        assertThat(scripted.resumedBehind()).hasSize(1);
    }
}
