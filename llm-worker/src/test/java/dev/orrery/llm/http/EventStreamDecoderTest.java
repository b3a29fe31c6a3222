package dev.orrery.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.model.ModelFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamDecoderTest {

    private static final int MAX_EVENT_BYTES = 1_000;

    /** Everything the standard allows, and some of what it does not. */
    private static final List<String> LINES =
            List.of(
                    "data: {\"a\":1}",
                    "data:x",
                    "data",
                    "data:  two spaces",
                    "data: नमस्ते 😀 €",
                    "event: error",
                    "event",
                    "id: 7",
                    "retry: 3000",
                    ": a comment",
                    ":",
                    "later-field: value",
                    "",
                    "",
                    "");

    private static final List<String> ENDS = List.of("\n", "\r\n", "\r");

    @Test
    void joinsTheLinesOfAnEvent() {
        // when
        var events = decode("event: delta\ndata: one\ndata: two\n\ndata: three\n\n");

        // then
        assertThat(events)
                .containsExactly(
                        new ServerEvent("delta", "one\ntwo"), new ServerEvent("message", "three"));
    }

    @Test
    void takesNoticeOfNeitherCommentsNorFieldsItDoesNotKnow() {
        // when
        var events = decode(": OPENROUTER PROCESSING\n\nid: 1\nretry: 10\ndata: x\nfoo: bar\n\n");

        // then
        assertThat(events).containsExactly(new ServerEvent("message", "x"));
    }

    @Test
    void removesOneSpaceAndNoMore() {
        // when
        var events = decode("data:  x \n\ndata:y\n\n");

        // then
        assertThat(events)
                .containsExactly(
                        new ServerEvent("message", " x "), new ServerEvent("message", "y"));
    }

    @Test
    void givesNoEventThatTheEndOfTheStreamCutsOff() {
        // when
        var events = decode("data: whole\n\ndata: half\n");

        // then
        assertThat(events).containsExactly(new ServerEvent("message", "whole"));
    }

    @Test
    void forgetsTheNameOfAnEventWithoutData() {
        // when
        var events = decode("event: ping\n\ndata: x\n\n");

        // then
        assertThat(events).containsExactly(new ServerEvent("message", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void knowsEveryEndOfALine(String end) {
        // when
        var events = decode("data: x" + end + "data: y" + end + end + "data: z" + end + end);

        // then
        assertThat(events)
                .containsExactly(
                        new ServerEvent("message", "x\ny"), new ServerEvent("message", "z"));
    }

    @Test
    void passesOverAByteOrderMarkAtTheBeginningAlone() {
        // when
        var events = decode("\uFEFFdata: \uFEFFx\n\n");

        // then
        assertThat(events).containsExactly(new ServerEvent("message", "\uFEFFx"));
    }

    @Test
    void replacesBytesThatAreNoCharacters() {
        // given
        var bytes = "data: a?b\n\n".getBytes(StandardCharsets.US_ASCII);
        bytes[7] = (byte) 0xFF;

        // when
        var events = new EventStreamDecoder(MAX_EVENT_BYTES).decode(bytes);

        // then
        assertThat(events).containsExactly(new ServerEvent("message", "a\uFFFDb"));
    }

    @Test
    void refusesALineThatIsTooLongBeforeItEnds() {
        // given
        var decoder = new EventStreamDecoder(MAX_EVENT_BYTES);
        var piece = bytes("data: " + "x".repeat(400));
        decoder.decode(piece);
        decoder.decode(piece);

        // when / then
        assertThatThrownBy(() -> decoder.decode(piece))
                .isInstanceOf(ModelFailure.MalformedResponse.class);
    }

    @Test
    void refusesAnEventOfTooManyLines() {
        // given
        var decoder = new EventStreamDecoder(MAX_EVENT_BYTES);
        var endless = bytes("data: xxxxxxxx\n".repeat(200));

        // when / then
        assertThatThrownBy(() -> decoder.decode(endless))
                .isInstanceOf(ModelFailure.MalformedResponse.class);
    }

    @Test
    void refusesAnEventOfTooManyEmptyLinesOfData() {
        // given
        var decoder = new EventStreamDecoder(MAX_EVENT_BYTES);
        var endless = bytes("data\n".repeat(2 * MAX_EVENT_BYTES));

        // when / then
        assertThatThrownBy(() -> decoder.decode(endless))
                .isInstanceOf(ModelFailure.MalformedResponse.class);
    }

    @Test
    void takesAnyNumberOfEventsThatAreEachSmallEnough() {
        // given
        var many = "data: " + "x".repeat(500) + "\n\n";

        // when
        var events = decode(many.repeat(50));

        // then
        assertThat(events).hasSize(50);
    }

    /** However the bytes are cut into packets, the events are those of the whole. */
    @RepeatedTest(200)
    void givesTheSameEventsForAnyCutOfTheBytes() {
        // given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var bytes = bytes(randomStream(random));
        var expected = new EventStreamDecoder(MAX_EVENT_BYTES).decode(bytes);

        // when
        var events = decodeInPieces(bytes, random);

        // then
        assertThat(events).as("seed %d", seed).isEqualTo(expected);
    }

    /** An oracle of another make: line by line over the text as a whole. */
    @RepeatedTest(200)
    void agreesWithAReadingOfTheWholeText() {
        // given
        long seed = new Random().nextLong();
        var text = randomStream(new Random(seed));

        // when
        var events = decode(text);

        // then
        assertThat(events).as("seed %d", seed).isEqualTo(readAsAWhole(text));
    }

    private static String randomStream(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(LINES.get(random.nextInt(LINES.size())));
            text.append(ENDS.get(random.nextInt(ENDS.size())));
        }
        return text.toString();
    }

    private static List<ServerEvent> decodeInPieces(byte[] bytes, Random random) {
        var decoder = new EventStreamDecoder(MAX_EVENT_BYTES);
        var events = new ArrayList<ServerEvent>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + random.nextInt(6));
            events.addAll(decoder.decode(Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        return events;
    }

    private static List<ServerEvent> readAsAWhole(String text) {
        var events = new ArrayList<ServerEvent>();
        var data = new ArrayList<String>();
        var name = "message";
        var lines = List.of(text.split("\r\n|\r|\n", -1));
        for (var line : lines.subList(0, lines.size() - 1)) { // the last one never ended
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new ServerEvent(name, String.join("\n", data)));
                }
                data.clear();
                name = "message";
            } else if (line.equals("data") || line.startsWith("data:")) {
                data.add(line.replaceFirst("^data:? ?", ""));
            } else if (line.equals("event") || line.startsWith("event:")) {
                var value = line.replaceFirst("^event:? ?", "");
                name = value.isEmpty() ? "message" : value;
            }
        }
        return events;
    }

    private static List<ServerEvent> decode(String text) {
        return new EventStreamDecoder(MAX_EVENT_BYTES).decode(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
