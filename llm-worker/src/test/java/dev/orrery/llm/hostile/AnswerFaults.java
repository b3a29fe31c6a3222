package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;
import static dev.orrery.llm.hostile.TransportFaults.TEXT;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.hostile.Fault.Ending;
import dev.orrery.llm.hostile.HostileUpstream.Conduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Faults of one kind, of a good answer in one language, and what is to come of each. */
abstract class AnswerFaults {

    private final List<Fault> faults = new ArrayList<>();
    final Language language;
    final boolean streamed;

    /** The type of a good answer, the answer, and the beginning of one. */
    final String type;

    final byte[] answer;
    final byte[] begun;

    /** With what the SDK notices and tells nobody: there the limit of the call has to end it. */
    final Limits untold;

    AnswerFaults(Language language, boolean streamed) {
        this.language = language;
        this.streamed = streamed;
        this.type = language.type(streamed);
        this.untold = language.isReadBySdk() ? HURRIED_AT_FIRST : PATIENT;
        this.answer = streamed ? language.pieces("A hostile ü", "😀 answer.") : language.all(TEXT);
        this.begun =
                streamed
                        ? language.beginning("A hostile ")
                        : Arrays.copyOf(answer, answer.length / 2);
    }

    final List<Fault> all() {
        return List.copyOf(faults);
    }

    final void add(String name, Limits patience, Ending ending, Conduct conduct) {
        faults.add(new Fault(name, language, streamed, patience, conduct, ending));
    }

    /** Where the whole has to be there before any of it is of use. */
    final Ending takenIfStreamed(String... otherwise) {
        return streamed ? taken(TEXT) : failed(otherwise);
    }

    final Ending takenByUs(String otherwise) {
        return language.isReadBySdk() ? failed(otherwise) : taken(TEXT);
    }

    final Ending takenBySdk(String otherwise) {
        return language.isReadBySdk() ? taken(TEXT) : failed(otherwise);
    }
}
