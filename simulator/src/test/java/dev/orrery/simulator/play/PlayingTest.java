package dev.orrery.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.prose.Prose;
import dev.orrery.simulator.script.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        Playing playing = new Playing(script, (status, code) -> bytes("status"));
        return (Answer.Page) playing.streamed(new Plain(), new Numbers());
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

    /** Events are their names. */
    private static final class Plain implements Dialect {

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] opening() {
            return bytes("opening");
        }

        @Override
        public byte[] text(String piece) {
            return bytes(piece);
        }

        @Override
        public byte[] hollow(Hollow how) {
            return bytes("hollow");
        }

        @Override
        public String reason() {
            return "stop";
        }

        @Override
        public List<byte[]> finish(String reason, int usages) {
            return List.of(bytes("finish " + reason + " " + usages));
        }

        @Override
        public byte[] end() {
            return bytes("end");
        }

        @Override
        public byte[] error() {
            return bytes("error");
        }

        @Override
        public byte[] broken() {
            return bytes("broken");
        }

        @Override
        public byte[] comment() {
            return bytes("comment");
        }
    }
}
