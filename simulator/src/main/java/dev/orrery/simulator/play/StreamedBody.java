package dev.orrery.simulator.play;

import dev.orrery.simulator.prose.Prose;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.script.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a stream of events. The events are made while they are sent, so a long answer costs
 * no more memory than a short one.
 */
final class StreamedBody {

    private static final String WRONG_CONTENT_TYPE = "text/plain; charset=utf-8";

    private final Script script;
    private final Fault.InContent fault;
    private final Dialect dialect;
    private final Prose prose;
    private final int pieces;

    StreamedBody(Script script, Fault.InContent fault, Dialect dialect, Prose prose) {
        this.script = script;
        this.fault = fault;
        this.dialect = dialect;
        this.prose = prose;
        this.pieces = script.tokensOf(prose.length());
    }

    Answer page() {
        boolean mislabelled = fault == Fault.Quirk.WRONG_CONTENT_TYPE;
        Packaging packaging = Packaging.of(fault);
        return new Answer.Page(
                script.beforeHeaders(),
                200,
                Map.of(
                        "content-type",
                        mislabelled ? WRONG_CONTENT_TYPE : dialect.contentType(),
                        "cache-control",
                        "no-cache"),
                () ->
                        packaging
                                .pack(events().filter(packet -> packet.bytes().length > 0))
                                .iterator(),
                ending(),
                packaging.apart());
    }

    private Ending ending() {
        return switch (fault) {
            case Fault.CutAfter ignored -> Ending.CUT;
            case Fault.SilenceAfter ignored -> Ending.SILENCE;
            case Fault.InContent ignored -> Ending.COMPLETE;
        };
    }

    private Stream<Packet> events() {
        return switch (fault) {
            case Fault.CutAfter cut -> begun(cut.tokens());
            case Fault.EndAfter end -> begun(end.tokens());
            case Fault.ErrorAfter error ->
                    join(begun(error.tokens()), late(error.tokens(), dialect.error()));
            case Fault.SilenceAfter silence ->
                    join(begun(silence.tokens()), signsOfLife(silence.keepAlive()));
            case Fault.BrokenEventAfter ignored -> told(1);
            case Fault.FinishWith finish ->
                    join(begun(pieces), finished(finish.reason(), 1), end());
            case Fault.EnormousEvent ignored -> told(1);
            case Fault.SplitEvents ignored -> told(1);
            case Fault.Quirk quirk -> odd(quirk);
        };
    }

    private Stream<Packet> odd(Fault.Quirk quirk) {
        return switch (quirk) {
            case ERROR_FIRST -> late(0, dialect.error());
            case EMPTY_ANSWER -> join(begun(0), closed(1));
            case MISSING_KEYS -> join(hollow(Dialect.Hollow.MISSING_KEYS), end());
            case EMPTY_CHOICES -> join(hollow(Dialect.Hollow.EMPTY_LIST), end());
            case NULL_CONTENT -> join(begun(0), hollow(Dialect.Hollow.NULL_TEXT), closed(1));
            case NO_USAGE -> told(0);
            case USAGE_TWICE -> told(2);
            case FINISH_TWICE -> join(begun(pieces), finished(dialect.reason(), 0), closed(1));
            case TEXT_AFTER_FINISH ->
                    join(
                            begun(pieces),
                            finished(dialect.reason(), 1),
                            Stream.of(Packet.next(dialect.text(" (after the finish)"))),
                            end());
            case OK, COMMENTS, WRONG_CONTENT_TYPE, SPLIT_UTF8, INVALID_UTF8, JOINED_EVENTS, CRLF ->
                    told(1);
        };
    }

    /** A whole answer. */
    private Stream<Packet> told(int usages) {
        return join(begun(pieces), closed(usages));
    }

    /** The opening and the first pieces of text. */
    private Stream<Packet> begun(int count) {
        PrimitiveIterator.OfInt index = IntStream.iterate(0, i -> i + 1).iterator();
        Stream<Packet> texts =
                prose.pieces(pieces).limit(count).flatMap(piece -> text(index.nextInt(), piece));
        return join(Stream.of(Packet.next(dialect.opening())), texts);
    }

    private Stream<Packet> text(int index, String piece) {
        Packet text =
                Packet.at(
                        waitBefore(index), dialect.text(TextFault.in(piece, index, pieces, fault)));
        if (fault == Fault.Quirk.COMMENTS) {
            return Stream.of(Packet.next(dialect.comment()), text);
        }
        if (fault instanceof Fault.BrokenEventAfter(int tokens) && tokens == index) {
            return Stream.of(Packet.next(dialect.broken()), text);
        }
        return Stream.of(text);
    }

    private Stream<Packet> hollow(Dialect.Hollow how) {
        return IntStream.range(0, pieces)
                .mapToObj(index -> Packet.at(waitBefore(index), dialect.hollow(how)));
    }

    /** An event that comes when the next piece of text would have come. */
    private Stream<Packet> late(int index, byte[] event) {
        return Stream.of(Packet.at(waitBefore(index), event));
    }

    private Stream<Packet> closed(int usages) {
        return join(finished(dialect.reason(), usages), end());
    }

    private Stream<Packet> finished(String reason, int usages) {
        List<byte[]> events = dialect.finish(reason, usages);
        return events.stream().map(Packet::next);
    }

    private Stream<Packet> end() {
        return Stream.of(Packet.next(dialect.end()));
    }

    private Stream<Packet> signsOfLife(@Nullable Duration every) {
        return every == null
                ? Stream.empty()
                : Stream.generate(() -> Packet.at(every, dialect.comment()));
    }

    private Duration waitBefore(int index) {
        return index == 0 ? script.beforeFirstToken() : script.betweenTokens();
    }

    /**
     * By concatenation, because {@code flatMap} would make a whole part before its first packet.
     */
    @SafeVarargs
    private static Stream<Packet> join(Stream<Packet>... parts) {
        return Stream.of(parts).reduce(Stream.empty(), Stream::concat);
    }
}
