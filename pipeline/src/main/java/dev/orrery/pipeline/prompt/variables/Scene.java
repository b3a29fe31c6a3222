package dev.orrery.pipeline.prompt.variables;

import dev.orrery.events.Fact;
import dev.orrery.pipeline.prompt.template.Template;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything a prompt may speak of in one turn. Equal scenes render to equal texts.
 *
 * @param turn the turn's id, from which anything random is drawn
 * @param acceptedAt the one instant all times and dates of the turn are taken from
 * @param message what the user wrote
 * @param history what was said before, oldest first
 * @param facts external data, or its stated absence
 * @param memories what the user wants to be remembered, oldest first
 * @param beginning what stands before the history
 */
public record Scene(
        UUID turn,
        Instant acceptedAt,
        Bot bot,
        Profile profile,
        String message,
        List<Exchange> history,
        List<Fact> facts,
        List<String> memories,
        ValueRules rules,
        Beginning beginning)
        implements Template.Values {

    /** In code points; what is kept for a user is shorter. */
    private static final int LONGEST_MEMORY = 1_000;

    public Scene {
        history = List.copyOf(history);
        facts = List.copyOf(facts);
        memories = List.copyOf(memories);
    }

    /** One whose history is all that was said. */
    public Scene(
            UUID turn,
            Instant acceptedAt,
            Bot bot,
            Profile profile,
            String message,
            List<Exchange> history,
            List<Fact> facts,
            List<String> memories,
            ValueRules rules) {
        this(
                turn,
                acceptedAt,
                bot,
                profile,
                message,
                history,
                facts,
                memories,
                rules,
                Beginning.NONE);
    }

    /** One without memories, of a revision that says nothing about values. */
    public Scene(
            UUID turn,
            Instant acceptedAt,
            Bot bot,
            Profile profile,
            String message,
            List<Exchange> history,
            List<Fact> facts) {
        this(turn, acceptedAt, bot, profile, message, history, facts, List.of(), ValueRules.NONE);
    }

    /** The same turn with less, or more, said before. */
    public Scene withHistory(List<Exchange> other) {
        return new Scene(
                turn, acceptedAt, bot, profile, message, other, facts, memories, rules, beginning);
    }

    /** The same turn with something else before its history. */
    public Scene withBeginning(Beginning other) {
        return new Scene(
                turn, acceptedAt, bot, profile, message, history, facts, memories, rules, other);
    }

    @Override
    public @Nullable String of(String name) {
        var variable = Variable.named(name);
        return variable.isPresent() ? shown(variable.get()) : custom(name);
    }

    /** Whether a placeholder of this name stands for something. */
    public boolean knows(String name) {
        return Variable.named(name).isPresent() || custom(name) != null;
    }

    private String shown(Variable variable) {
        var value = variable.valueIn(this);
        return rules.fence(variable.trust())
                ? Fence.around(variable.wireName(), value, turn)
                : value;
    }

    private @Nullable String custom(String name) {
        var own = rules.custom().called(name);
        return own == null ? bot.custom().called(name) : own;
    }

    /** The memories as a prompt may show them; blank ones are left out. */
    public List<String> shownMemories() {
        return memories.stream()
                .map(memory -> CleanText.of(memory, LONGEST_MEMORY).strip())
                .filter(memory -> !memory.isEmpty())
                .map(this::fenced)
                .toList();
    }

    private String fenced(String memory) {
        return rules.fence(Variable.Trust.USER)
                ? Fence.around("user_memory", memory, turn)
                : memory;
    }

    /** As {@link #fact}, as a prompt may show it. */
    public @Nullable String shownFact(String kind) {
        var text = fact(kind);
        return text != null && rules.fence(Variable.Trust.EXTERNAL)
                ? Fence.around(kind, text, turn)
                : text;
    }

    /** What is known of this kind, with a warning when it is old; null when it is not there. */
    public @Nullable String fact(String kind) {
        return FactText.known(kind, facts);
    }

    /** The app the user talks through: as the profile says, else the bot's own; empty for any. */
    public String app() {
        var stated = profile.text("app_id");
        return stated.isEmpty() ? bot.app() : stated;
    }

    /** Where the user's day begins and ends: as the profile tells, else with the bot. */
    public ZoneId userZone() {
        return profile.zone().orElse(bot.zone());
    }

    /** Only the turn: the rest is what people wrote and who they are. */
    @Override
    public String toString() {
        return "Scene[turn=" + turn + "]";
    }
}
