package dev.orrery.llm.run;

import dev.orrery.llm.safety.SafeChain;
import dev.orrery.pipeline.turn.TurnRow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures the turns of experiments by arm: {@code orrery.experiment.turns} by outcome, and {@code
 * orrery.experiment.first.token} from acceptance to the first text, of those that were answered.
 * Turns of no experiment are in neither; one whose user was helped instead of answered says nothing
 * of its arm, and counts as {@value #CRISIS}.
 *
 * <p>Tags stay few, however many experiments are run while the process lives: beyond {@value
 * #MOST_ARMS} arms further ones are {@value #OTHER}. May be called on any thread.
 */
final class ArmMeters {

    static final int MOST_ARMS = 100;
    static final String OTHER = "other";
    static final String CRISIS = SafeChain.CRISIS;

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;

    ArmMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** To be told of each turn once. */
    void ended(TurnRow turn) {
        var stamped = turn.experimentArm();
        var ending = turn.ending();
        if (stamped == null || ending == null) {
            return;
        }
        var arm = tag(stamped);
        boolean isCrisis = ending.trail().marks().contains(CRISIS);
        var outcome = isCrisis ? CRISIS : ending.state().name().toLowerCase(Locale.ROOT);
        meters.counter("orrery.experiment.turns", "arm", arm, "outcome", outcome).increment();
        var firstTokenAt = ending.firstTokenAt();
        boolean isAnswered = ending.state() == TurnRow.State.COMPLETED && !isCrisis;
        if (isAnswered && firstTokenAt != null) {
            Timer.builder("orrery.experiment.first.token")
                    .tag("arm", arm)
                    .register(meters)
                    .record(Duration.between(turn.acceptedAt(), firstTokenAt));
        }
    }

    /** Two that come at the same moment may pass the bound by as many. */
    private String tag(String arm) {
        if (known.contains(arm)) {
            return arm;
        }
        if (known.size() >= MOST_ARMS) {
            return OTHER;
        }
        known.add(arm);
        return arm;
    }
}
