package dev.orrery.embedded.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets libraries take the locks of their own that they hold for an instant and never across I/O:
 * Netty while its buffer allocator grows, Jackson while it learns a type or a field name, Lettuce
 * while a command or a reconnect counts itself in. Which thread finds one taken is chance, and so
 * would be the test that fails; of Lettuce's lock it would be the last, because a thread that is
 * thrown out of it is counted out all the same, and everybody after it waits for ever. Everything
 * else that blocks an event loop is still caught.
 */
public final class LibrariesMayLock implements BlockHoundIntegration {

    private static final String LETTUCE = "io.lettuce.core.protocol.SharedLock";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside(
                        "tools.jackson.databind.deser.DeserializerCache",
                        "_createAndCacheValueDeserializer")
                .allowBlockingCallsInside("tools.jackson.core.util.InternCache", "intern")
                .allowBlockingCallsInside(LETTUCE, "incrementWriters")
                .allowBlockingCallsInside(LETTUCE, "doExclusive");
    }
}
