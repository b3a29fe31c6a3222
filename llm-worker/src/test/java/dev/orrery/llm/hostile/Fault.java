package dev.orrery.llm.hostile;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.hostile.HostileUpstream.Conduct;
import dev.orrery.llm.hostile.HostileUpstream.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Something that a provider does, and what is to come of it.
 *
 * @param streamed whether it is asked for a stream
 * @param patience of the call that meets it
 */
public record Fault(
        String name,
        Language language,
        boolean streamed,
        Limits patience,
        Conduct conduct,
        Ending ending)
        implements Conduct {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(250);

    /** So that nothing is late but what is waited for. */
    static final Limits PATIENT = new Limits(LONG, LONG, LONG, LONG);

    static final Limits HURRIED_AT_FIRST = new Limits(LONG, SHORT, LONG, LONG);
    static final Limits HURRIED_LATER = new Limits(LONG, LONG, SHORT, LONG);

    /** What the call comes to. */
    public sealed interface Ending {

        /** It is merely odd: its answer is taken. */
        record Taken(String text) implements Ending {}

        /**
         * It is a failure.
         *
         * @param codes one of these; empty for any
         */
        record Failed(Set<String> codes) implements Ending {}
    }

    static Ending taken(String text) {
        return new Ending.Taken(text);
    }

    static Ending failed(String... codes) {
        return new Ending.Failed(Set.of(codes));
    }

    @Override
    public void answer(Wire wire) throws IOException {
        conduct.answer(wire);
    }

    @Override
    public String toString() {
        return language.protocol() + (streamed ? ", streamed: " : ", whole: ") + name;
    }
}
