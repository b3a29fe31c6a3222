package dev.orrery.simulator.http;

import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.script.Script;
import java.util.function.Function;

/**
 * A request as its service understands it.
 *
 * @param target what is called, as the ledger counts it
 * @param name what may carry a script: a model, a user id
 * @param answer what a script makes of it
 */
public record Question(String target, String name, Function<Script, Answer> answer) {

    /** A request that is refused whatever the script says. */
    public static Question refused(String target, Answer refusal) {
        return new Question(target, "", script -> refusal);
    }
}
