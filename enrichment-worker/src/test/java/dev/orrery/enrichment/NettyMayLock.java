package dev.orrery.enrichment;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's buffer allocator takes a lock for an instant when it grows, also on an event loop. That
 * is Netty's decision and not ours to test; all else that blocks is still caught.
 */
public final class NettyMayLock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
    }
}
