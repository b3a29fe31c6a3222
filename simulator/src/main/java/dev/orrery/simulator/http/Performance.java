package dev.orrery.simulator.http;

import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Ending;
import dev.orrery.simulator.play.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One answer on its connection. Everything runs on the connection's event loop; waits are timers of
 * that loop, so a slow stream costs a timer and no thread. A client that does not read slows the
 * making of packets down instead of filling the memory.
 */
final class Performance {

    private final Call call;

    private final HttpServerRequest request;

    private final HttpServerResponse response;

    private final Channel channel;

    /** Whether the last packet has been handed over. */
    private boolean told;

    Performance(Call call, HttpServerRequest request, HttpServerResponse response) {
        this.call = call;
        this.request = request;
        this.response = response;
        this.channel = channel(response);
    }

    private static Channel channel(HttpServerResponse response) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        response.withConnection(connection -> channel.set(connection.channel()));
        return Objects.requireNonNull(channel.get(), "BUG: a response without connection");
    }

    /**
     * Completes, fails or is cancelled when the answer is over. The call has ended then, unless the
     * connection went away first.
     */
    Mono<Void> of(Answer answer) {
        return pause(answer.after()).then(Mono.defer(() -> begun(answer)));
    }

    private Mono<Void> begun(Answer answer) {
        return switch (answer) {
            case Answer.Reset ignored -> reset();
            case Answer.Hang ignored -> Mono.never();
            case Answer.Redirect ignored -> redirect();
            case Answer.Page page -> page(page);
        };
    }

    private Mono<Void> page(Answer.Page page) {
        response.status(page.status());
        page.headers().forEach(response::header);
        Flux<ByteBuf> body =
                Flux.fromIterable(page.packets())
                        .concatMap(this::due, 1)
                        .map(this::buffer)
                        .doOnComplete(() -> told = true);
        return switch (page.ending()) {
            case COMPLETE -> sent(body, page.apart()).doOnSuccess(sent -> answered());
            case CUT -> sent(body, page.apart()).then(Mono.defer(this::cut));
            case SILENCE -> sent(body.concatWith(Flux.never()), page.apart());
        };
    }

    /**
     * The sender flushes by itself whenever no packet is ready, so nothing that is due waits. It
     * completes when all is written, and also when the connection goes away.
     */
    private Mono<Void> sent(Flux<ByteBuf> body, boolean apart) {
        return response.send(body, packet -> apart).then();
    }

    private void answered() {
        if (told && channel.isActive()) {
            call.end(CallState.ANSWERED);
        }
    }

    private Mono<Packet> due(Packet packet) {
        return packet.after().isZero()
                ? Mono.just(packet)
                : pause(packet.after()).thenReturn(packet);
    }

    private Mono<Void> pause(Duration length) {
        if (length.isZero()) {
            return Mono.empty();
        }
        return Mono.create(sink -> {
            Future<?> timer =
                    channel.eventLoop()
                            .schedule(
                                    (Runnable) sink::success,
                                    length.toNanos(),
                                    TimeUnit.NANOSECONDS);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

    private Mono<Void> redirect() {
        String path = request.fullPath();
        String sibling = path.substring(0, path.lastIndexOf('/') + 1) + SimulatedService.REDIRECTED;
        Map<String, String> headers = Map.of("location", sibling, "content-length", "0");
        return page(
                new Answer.Page(Duration.ZERO, 307, headers, List.of(), Ending.COMPLETE, false));
    }

    /** Lingering for zero seconds makes the close a reset. */
    private Mono<Void> reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        return cut();
    }

    /**
     * The call stays unanswered for good: its end must not become the end of a well-formed body.
     */
    private Mono<Void> cut() {
        if (!channel.isActive()) {
            return Mono.empty();
        }
        call.end(CallState.CUT);
        channel.close();
        return Mono.never();
    }

    /** In memory that the socket can take as it is. */
    private ByteBuf buffer(Packet packet) {
        return response.alloc().directBuffer(packet.bytes().length).writeBytes(packet.bytes());
    }
}
