package dev.orrery.llm.chain;

import dev.orrery.llm.chain.CallGate.Admission.Granted;
import dev.orrery.llm.chain.CallGate.Admission.Refused;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several gates, passed one after the other. The first that refuses decides; those passed before it
 * are told that the call was cancelled. A gate that breaks lets everybody pass: it is there to
 * spare calls, not to lose answers.
 */
public final class Gates implements CallGate {

    private static final Logger log = LoggerFactory.getLogger(Gates.class);

    private final List<CallGate> gates;

    public Gates(CallGate... gates) {
        this.gates = List.of(gates);
    }

    @Override
    public Admission admit(Call call, boolean lastResort) {
        var passed = new ArrayList<CallListener>(gates.size());
        for (var gate : gates) {
            switch (admit(gate, call, lastResort)) {
                case Granted granted -> passed.add(granted.listener());
                case Refused refused -> {
                    new Audience(passed).ended(CallReport.neverMade(call));
                    return refused;
                }
            }
        }
        return new Granted(new Audience(passed));
    }

    private static Admission admit(CallGate gate, Call call, boolean lastResort) {
        try {
            return gate.admit(call, lastResort);
        } catch (RuntimeException thrown) {
            log.error("BUG: a gate failed", thrown);
            return ALWAYS_OPEN.admit(call, lastResort);
        }
    }
}
