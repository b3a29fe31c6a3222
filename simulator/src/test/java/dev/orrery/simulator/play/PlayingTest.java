package dev.orrery.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.prose.Prose;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import dev.orrery.simulator.script.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Waits are data here, so nothing has to wait to check them. */
class PlayingTest {

    private final AtomicInteger piecesMade = new AtomicInteger();

    @Test
    void waitsAsTheScriptSays() {
        // given
        Script script = Script.parse("3-tokens-20ms+headers-after-1s+first-token-after-300ms");

        // when
        Answer.Page page = streamed(script);

        // then
        assertThat(page.after()).isEqualTo(Duration.ofSeconds(1));
        assertThat(page.packets())
                .extracting(packet -> text(packet) + " " + packet.after().toMillis())
                .containsExactly("opening 0", "0 300", "1 20", "2 20", "finish stop 1 0", "end 0");
    }

    @Test
    void anErrorComesWhenTheNextTextWouldHaveCome() {
        assertThat(streamed(Script.parse("9-tokens-20ms+error-after-1")).packets())
                .extracting(packet -> text(packet) + " " + packet.after().toMillis())
                .containsExactly("opening 0", "0 0", "error 20");
    }

    @Test
    void joinedEventsComeWhenTheLastOfThemWouldHaveCome() {
        assertThat(streamed(Script.parse("3-tokens-20ms+joined-events")).packets())
                .singleElement()
                .satisfies(packet -> assertThat(packet.after()).isEqualTo(Duration.ofMillis(40)));
    }

    @Test
    void makesPiecesOnlyWhenTheyAreSent() {
        // given
        Iterator<Packet> packets = streamed(Script.parse("100000-tokens")).packets().iterator();

        // when
        for (int i = 0; i < 10; i++) {
            packets.next();
        }

        // then
        assertThat(piecesMade.get()).isLessThan(20);
    }

    @Test
    void signsOfLifeNeverEnd() {
        // given
        Iterator<Packet> packets =
                streamed(Script.parse("silence-after-1-keep-alive-50ms")).packets().iterator();
        packets.next();
        packets.next();

        // when
        List<Packet> signs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            signs.add(packets.next());
        }

        // then
        assertThat(signs)
                .allSatisfy(sign -> assertThat(text(sign)).isEqualTo("comment"))
                .allSatisfy(sign -> assertThat(sign.after()).isEqualTo(Duration.ofMillis(50)));
    }

    @Test
    void canBePlayedAgain() {
        // given
        Answer.Page page = streamed(Script.parse("4-tokens"));

        // then
        assertThat(page.packets()).hasSize(7);
        assertThat(page.packets()).hasSize(7);
    }

    private Answer.Page streamed(Script script) {
        ErrorForm errors = problem -> ErrorForm.ErrorPage.json(problem, bytes("status"));
        int pieces = script.tokensOf(5);
        Reply reply =
                new Reply(
                        1,
                        Instant.EPOCH,
                        "m",
                        new Numbers(),
                        pieces,
                        List.of(),
                        false,
                        Finish.STOP,
                        new Tokens(1, 0, pieces, 0));
        return (Answer.Page) new Playing(script, errors, Map.of(), 1).streamed(new Plain(), reply);
    }

    private static String text(Packet packet) {
        return new String(packet.bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Pieces are their numbers. */
    private final class Numbers implements Prose {

        @Override
        public int length() {
            return 5;
        }

        @Override
        public Stream<String> pieces(int count) {
            return IntStream.range(0, count)
                    .peek(each -> piecesMade.incrementAndGet())
                    .mapToObj(Integer::toString);
        }
    }

    /** Events are their names, and nothing stands between them. */
    private static final class Plain implements Dialect, Framing {

        @Override
        public Framing framing() {
            return this;
        }

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] frame(Event event, boolean first) {
            return event instanceof Event.Data data ? data.bytes() : new byte[0];
        }

        @Override
        public List<Event> opening() {
            return List.of(event("opening"));
        }

        @Override
        public Event.Data text(String piece, int index) {
            return event(piece);
        }

        @Override
        public List<List<Event>> call(ToolCall call, int index) {
            return List.of(List.of(event(call.name())));
        }

        @Override
        public Event hollow(Hollow how) {
            return event("hollow");
        }

        @Override
        public String word(Finish finish) {
            return finish.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public List<Event> finish(String reason, int usages) {
            return List.of(event("finish " + reason + " " + usages));
        }

        @Override
        public List<Event> end() {
            return List.of(event("end"));
        }

        @Override
        public Event error(@Nullable String code) {
            return event("error");
        }

        @Override
        public Event signOfLife() {
            return event("comment");
        }

        private static Event.Data event(String text) {
            return new Event.Data(null, PlayingTest.bytes(text));
        }
    }
}
