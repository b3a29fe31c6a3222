package dev.orrery.llm.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Passes over responses that come before the answer (RFC 9110 section 15.2: a client has to,
 * whether it expects them or not); what stands behind this would take the first of them for the
 * answer.
 *
 * <p>Stands right behind the codec, one for each connection, on its event loop.
 */
final class InformationalResponses extends ChannelInboundHandlerAdapter {

    static final String NAME = "orrery.informational";

    private boolean passesOver;
    private boolean hasPassedOver;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            passesOver = isInformational(response.status());
        }
        if (!passesOver) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        passesOver = !(message instanceof LastHttpContent);
        hasPassedOver = true;
    }

    /** Another protocol on the same connection is none of the kind. */
    private static boolean isInformational(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    /** Whoever reads has seen nothing of it, and would not ask for more by itself. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (hasPassedOver) {
            hasPassedOver = false;
            context.read();
        }
    }
}
