package dev.orrery.pipeline.event;

import dev.orrery.ids.DerivedId;
import dev.orrery.topics.Topic;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to, or from, a topic. Immutable, except that the Avro value is shared and must
 * not be changed.
 *
 * @param topic where it belongs
 * @param key the unit of order, see {@link Topic#key()}
 * @param partition the partition it is addressed to; null lets the key decide
 * @param value the record
 * @param context what the event says about itself
 */
public record Event<T extends SpecificRecord>(
        Topic<T> topic, String key, @Nullable Integer partition, T value, EventContext context) {

    public Event {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }

    /**
     * The one event of this topic that this event brings about. Called again, it gives the same id.
     */
    public <O extends SpecificRecord> Event<O> causes(
            Topic<O> other, String otherKey, O otherValue) {
        return causes(other, otherKey, otherValue, 0);
    }

    /**
     * One of several events of the same topic that this event brings about.
     *
     * @param ordinal tells them apart; the same ordinal gives the same id again
     */
    public <O extends SpecificRecord> Event<O> causes(
            Topic<O> other, String otherKey, O otherValue, long ordinal) {
        var caused =
                new EventContext(
                        DerivedId.ofEvent(context.id(), other.type().getSimpleName(), ordinal),
                        context.source(),
                        context.time(),
                        context.correlationId(),
                        context.id(),
                        context.deadline(),
                        context.trace());
        return new Event<>(other, otherKey, null, otherValue, caused);
    }

    /** The same event at another place in a trace. What it causes hangs on that place. */
    public Event<T> at(TraceParent place) {
        return new Event<>(topic, key, partition, value, context.at(place));
    }

    /** The same event, addressed to a partition. */
    public Event<T> addressedTo(int addressee) {
        return new Event<>(topic, key, addressee, value, context);
    }
}
