package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How events become packets: usually one each.
 *
 * @param apart whether each packet must leave on its own
 */
record Packaging(UnaryOperator<Stream<Packet>> way, boolean apart) {

    private static final Packaging ONE_EACH = new Packaging(events -> events, false);

    static Packaging of(Fault.InContent fault) {
        return switch (fault) {
            case Fault.SplitEvents(int bytes) ->
                    new Packaging(events -> events.flatMap(event -> cut(event, bytes)), true);
            case Fault.Quirk.SPLIT_UTF8 ->
                    new Packaging(events -> events.flatMap(Packaging::cutInCharacters), true);
            case Fault.Quirk.JOINED_EVENTS -> new Packaging(Packaging::joined, false);
            case Fault.InContent ignored -> ONE_EACH;
        };
    }

    Stream<Packet> pack(Stream<Packet> events) {
        return way.apply(events);
    }

    private static Stream<Packet> cut(Packet event, int size) {
        byte[] bytes = event.bytes();
        return Stream.iterate(0, from -> from < bytes.length, from -> from + size)
                .map(from ->
                        Packet.at(
                                from == 0 ? event.after() : Duration.ZERO,
                                Arrays.copyOfRange(
                                        bytes, from, Math.min(from + size, bytes.length))));
    }

    /** Cuts behind the first byte of every character that has more than one. */
    private static Stream<Packet> cutInCharacters(Packet event) {
        byte[] bytes = event.bytes();
        Stream.Builder<Packet> packets = Stream.builder();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean leads = (bytes[i] & 0xC0) == 0xC0;
            if (leads || i == bytes.length - 1) {
                packets.add(
                        Packet.at(
                                from == 0 ? event.after() : Duration.ZERO,
                                Arrays.copyOfRange(bytes, from, i + 1)));
                from = i + 1;
            }
        }
        return packets.build();
    }

    /** All events in one packet, when the last of them would have been sent. */
    private static Stream<Packet> joined(Stream<Packet> events) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Duration[] after = {Duration.ZERO};
        events.forEach(event -> {
            after[0] = after[0].plus(event.after());
            all.writeBytes(event.bytes());
        });
        return Stream.of(Packet.at(after[0], all.toByteArray()));
    }
}
