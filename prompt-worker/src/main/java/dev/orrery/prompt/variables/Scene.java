package dev.orrery.prompt.variables;

import dev.orrery.events.Fact;
import dev.orrery.prompt.bots.Bot;
import dev.orrery.prompt.history.Exchange;
import dev.orrery.prompt.profiles.Profile;
import dev.orrery.prompt.template.Template;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything a template may speak of in one turn. Equal scenes render to equal texts.
 *
 * @param turn the turn's id, from which anything random is drawn
 * @param acceptedAt the one instant all times and dates of the turn are taken from
 * @param message what the user wrote
 * @param history what was said before, oldest first
 * @param facts external data, or its stated absence
 */
public record Scene(
        UUID turn,
        Instant acceptedAt,
        Bot bot,
        Profile profile,
        String message,
        List<Exchange> history,
        List<Fact> facts)
        implements Template.Values {

    public Scene {
        history = List.copyOf(history);
        facts = List.copyOf(facts);
    }

    @Override
    public @Nullable String of(String name) {
        return Variable.named(name).map(variable -> variable.valueIn(this)).orElse(null);
    }

    /** Only the turn: the rest is what people wrote and who they are. */
    @Override
    public String toString() {
        return "Scene[turn=" + turn + "]";
    }
}
