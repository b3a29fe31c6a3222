package dev.orrery.embedded.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets Netty's buffer allocator take the locks of its own that it holds for an instant while it
 * grows. Everything else that blocks an event loop is still caught.
 */
public final class NettyMayLock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
    }
}
