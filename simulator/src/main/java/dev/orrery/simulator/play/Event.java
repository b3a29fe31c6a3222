package dev.orrery.simulator.play;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One event of a stream, before it is framed. */
public sealed interface Event {

    /** The stream ends well; only some framings have bytes for it. */
    Event END = new End();

    /**
     * An event that says something.
     *
     * @param name of its kind, where the provider has names
     * @param bytes usually JSON; do not change them
     */
    record Data(@Nullable String name, byte[] bytes) implements Event {

        /** The same event with data that cannot be read. */
        Data broken() {
            return new Data(name, Arrays.copyOf(bytes, bytes.length / 2));
        }
    }

    /** A sign of life beside the events. */
    record Comment(String text) implements Event {}

    /** See {@link #END}. */
    record End() implements Event {}

    static Data json(ObjectNode data) {
        return new Data(null, JsonMapper.shared().writeValueAsBytes(data));
    }

    static Data named(String name, ObjectNode data) {
        return new Data(name, JsonMapper.shared().writeValueAsBytes(data));
    }
}
