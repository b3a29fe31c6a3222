package dev.orrery.embedded.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets libraries take the locks of their own that they hold for an instant and never across I/O:
 * Netty while its buffer allocator grows, Jackson while it learns a type or a field name. Which
 * thread finds one taken is chance, and so would be the test that fails. Everything else that
 * blocks an event loop is still caught.
 */
public final class LibrariesMayLock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside(
                        "tools.jackson.databind.deser.DeserializerCache",
                        "_createAndCacheValueDeserializer")
                .allowBlockingCallsInside("tools.jackson.core.util.InternCache", "intern");
    }
}
