package dev.orrery.simulator.play;

import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a stream of events: an opening, then steps that each take the time of a token –
 * first pieces of text, then pieces of calls –, a finish and an end. The events are made while they
 * are sent, so a long answer costs no more memory than a short one.
 */
final class StreamedBody {

    private static final String WRONG_CONTENT_TYPE = "text/plain; charset=utf-8";

    private final Script script;
    private final Fault.InContent fault;
    private final Dialect dialect;
    private final Framing framing;
    private final Reply reply;
    private final List<List<Event>> calls;

    /** An event and how long to wait before it. */
    private record Timed(Duration after, Event event) {}

    StreamedBody(Script script, Fault.InContent fault, Dialect dialect, Reply reply) {
        this.script = script;
        this.fault = fault;
        this.dialect = dialect;
        this.framing =
                fault == Fault.Quirk.CRLF
                        ? dialect.framing().withCarriageReturns()
                        : dialect.framing();
        this.reply = reply;
        this.calls = calls();
    }

    private List<List<Event>> calls() {
        List<List<Event>> steps = new ArrayList<>();
        for (int i = 0; i < reply.calls().size(); i++) {
            steps.addAll(dialect.call(reply.calls().get(i), i));
        }
        return steps;
    }

    Answer.Page page() {
        Map<String, String> headers = new HashMap<>(dialect.headers());
        headers.put(
                "content-type",
                fault == Fault.Quirk.WRONG_CONTENT_TYPE
                        ? WRONG_CONTENT_TYPE
                        : framing.contentType());
        Packaging packaging = Packaging.of(fault);
        return new Answer.Page(
                script.beforeHeaders(),
                200,
                headers,
                () -> packaging.pack(framed()).iterator(),
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

    private Stream<Packet> framed() {
        boolean[] first = {true};
        return events().map(
                        timed -> {
                            byte[] bytes =
                                    framing.frame(TextFault.in(timed.event(), fault), first[0]);
                            first[0] = false;
                            return Packet.at(timed.after(), bytes);
                        })
                .filter(packet -> packet.bytes().length > 0);
    }

    private Stream<Timed> events() {
        return switch (fault) {
            case Fault.CutAfter cut -> begun(cut.tokens());
            case Fault.EndAfter end -> begun(end.tokens());
            case Fault.ErrorAfter error ->
                    join(begun(error.tokens()), late(error.tokens(), dialect.error(error.code())));
            case Fault.SilenceAfter silence ->
                    join(begun(silence.tokens()), signsOfLife(silence.keepAlive()));
            case Fault.FinishWith(String reason) ->
                    join(said(), finished(Words.of(reason, dialect::word), 1), end());
            case Fault.BrokenEventAfter ignored -> told(1);
            case Fault.EnormousEvent ignored -> told(1);
            case Fault.SplitEvents ignored -> told(1);
            case Fault.Quirk quirk -> odd(quirk);
        };
    }

    private Stream<Timed> odd(Fault.Quirk quirk) {
        return switch (quirk) {
            case ERROR_FIRST -> late(0, dialect.error(null));
            case EMPTY_ANSWER -> join(begun(0), now(dialect.textClosing()), closed(1));
            case BLOCKED_PROMPT -> blocked();
            case MISSING_KEYS -> join(hollow(Hollow.MISSING_KEYS), end());
            case EMPTY_CHOICES -> join(hollow(Hollow.EMPTY_LIST), end());
            case NULL_CONTENT ->
                    join(begun(0), hollow(Hollow.NULL_TEXT), now(dialect.textClosing()), closed(1));
            case NO_USAGE -> told(0);
            case USAGE_TWICE -> told(2);
            case FINISH_TWICE -> join(said(), finished(reason(), 0), closed(1));
            case TEXT_AFTER_FINISH ->
                    join(
                            said(),
                            finished(reason(), 1),
                            now(List.of(dialect.text(" (after the finish)", reply.pieces()))),
                            end());
            case OK, COMMENTS, WRONG_CONTENT_TYPE, SPLIT_UTF8, INVALID_UTF8, JOINED_EVENTS, CRLF ->
                    told(1);
        };
    }

    /** A whole answer. */
    private Stream<Timed> told(int usages) {
        return join(said(), closed(usages));
    }

    /** All there is to say, without a finish. */
    private Stream<Timed> said() {
        return calls.isEmpty()
                ? join(begun(reply.pieces()), now(dialect.textClosing()))
                : begun(reply.pieces() + calls.size());
    }

    private Stream<Timed> blocked() {
        List<Event> own = dialect.blocked();
        return own.isEmpty()
                ? join(
                        begun(0),
                        now(dialect.textClosing()),
                        finished(dialect.word(Finish.FILTERED), 1),
                        end())
                : join(now(own), end());
    }

    /** The opening and the first steps. */
    private Stream<Timed> begun(int count) {
        Stream<Timed> begun = join(now(dialect.opening()), texts(count));
        return count <= reply.pieces()
                ? begun
                : join(begun, now(dialect.textClosing()), calls(count - reply.pieces()));
    }

    private Stream<Timed> texts(int count) {
        PrimitiveIterator.OfInt index = IntStream.iterate(0, i -> i + 1).iterator();
        return reply.prose()
                .pieces(reply.pieces())
                .limit(count)
                .flatMap(piece -> text(index.nextInt(), piece));
    }

    private Stream<Timed> text(int index, String piece) {
        String told = TextFault.in(piece, index, reply.pieces(), fault);
        Event.Data event = dialect.text(told, index);
        Timed text = new Timed(waitBefore(index), event);
        if (fault == Fault.Quirk.COMMENTS) {
            return join(now(List.of(dialect.signOfLife())), Stream.of(text));
        }
        if (fault instanceof Fault.BrokenEventAfter(int tokens) && tokens == index) {
            return join(now(List.of(event.broken())), Stream.of(text));
        }
        return Stream.of(text);
    }

    private Stream<Timed> calls(int count) {
        return IntStream.range(0, Math.min(count, calls.size()))
                .boxed()
                .flatMap(step -> step(reply.pieces() + step, calls.get(step)));
    }

    private Stream<Timed> step(int index, List<Event> events) {
        return join(late(index, events.getFirst()), now(events.subList(1, events.size())));
    }

    private Stream<Timed> hollow(Hollow how) {
        return IntStream.range(0, Math.max(1, reply.pieces()))
                .mapToObj(index -> new Timed(waitBefore(index), dialect.hollow(how)));
    }

    /** An event that comes when the step of that index would have come. */
    private Stream<Timed> late(int index, Event event) {
        return Stream.of(new Timed(waitBefore(index), event));
    }

    private Stream<Timed> closed(int usages) {
        return join(finished(reason(), usages), end());
    }

    private String reason() {
        return dialect.word(reply.finish());
    }

    private Stream<Timed> finished(String reason, int usages) {
        return now(dialect.finish(reason, reply.tokens() == null ? 0 : usages));
    }

    private Stream<Timed> end() {
        return join(now(dialect.end()), now(List.of(Event.END)));
    }

    private Stream<Timed> signsOfLife(@Nullable Duration every) {
        return every == null
                ? Stream.empty()
                : Stream.generate(() -> new Timed(every, dialect.signOfLife()));
    }

    private static Stream<Timed> now(List<? extends Event> events) {
        return events.stream().map(event -> new Timed(Duration.ZERO, event));
    }

    private Duration waitBefore(int index) {
        return index == 0 ? script.beforeFirstToken() : script.betweenTokens();
    }

    /**
     * By concatenation, because {@code flatMap} would make a whole part before its first packet.
     */
    @SafeVarargs
    private static Stream<Timed> join(Stream<Timed>... parts) {
        return Stream.of(parts).reduce(Stream.empty(), Stream::concat);
    }
}
