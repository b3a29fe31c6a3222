package dev.orrery.simulator.chat;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Asked;
import dev.orrery.simulator.reply.Reply;
import java.util.Map;

/**
 * How one provider reads requests and writes answers. Called on event loops: must not block.
 * Without state, so that one instance serves all calls.
 */
public interface Wire {

    /**
     * Reads a request.
     *
     * @param endpoint the path below the provider's base, with a leading slash
     * @throws Refusal if it cannot be answered
     */
    Asked read(String endpoint, Received received);

    /**
     * Headers of every answer, whatever becomes of the call; names in lower case.
     *
     * @param number of the answer, for ids
     */
    Map<String, String> headers(long number);

    ErrorForm errors();

    Dialect stream(Reply reply, Received received);

    WholeDialect whole(Reply reply);
}
