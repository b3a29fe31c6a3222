package dev.orrery.pipeline.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a connection off whose other end takes nothing of what waits for it. Without that, a client
 * that stops reading and stays would keep its answer in memory, and a connection, for ever. A
 * reader that is merely slow is not cut off, nor one for whom nothing is there.
 *
 * <p>Stands nearest to the socket, one for each connection, on its event loop.
 */
public final class StalledReader extends IdleStateHandler {

    private static final Logger log = LoggerFactory.getLogger(StalledReader.class);

    /**
     * Looks twice within the time, since the first look only learns how much is waiting.
     *
     * @param longest when the connection is cut at the latest, 2 ms or more
     */
    public StalledReader(Duration longest) {
        super(true, 0, longest.dividedBy(2).toMillis(), 0, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        var waiting = context.channel().unsafe().outboundBuffer();
        boolean stalled = event.state() == IdleState.WRITER_IDLE && !event.isFirst();
        if (stalled && waiting != null && !waiting.isEmpty()) {
            log.atWarn()
                    .addKeyValue("waitingBytes", waiting.totalPendingWriteBytes())
                    .log("A reader has taken nothing for too long and is cut off");
            context.close();
        }
    }
}
