package dev.orrery.simulator.play;

import dev.orrery.simulator.reply.Finish;
import java.util.function.Function;

/** From the word of a script to the word of a provider. */
final class Words {

    private Words() {}

    static String of(String reason, Function<Finish, String> dialect) {
        Finish finish = Finish.named(reason);
        return finish == null ? reason : dialect.apply(finish);
    }
}
