package dev.orrery.llm.gateway.audit;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.http.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Writes one line for each call of the gateway when it has ended, however it did, to the logger
 * {@value #LOGGER}; and counts it in {@code orrery.gateway.calls} by outcome. Called on any thread.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class AuditFilter implements WebFilter {

    /** Of its own, so that it can be sent to a file of its own. */
    static final String LOGGER = "dev.orrery.audit.gateway";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final String CLIENT_GONE = "client_gone";

    /** Ids are made of it and a counter, since drawing each would wait for the system's entropy. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicLong calls = new AtomicLong();
    private final PathPattern path;
    private final Ticker ticker;
    private final MeterRegistry meters;

    /**
     * @param path of the gateway, in the form of routes: read as they read it, so that no spelling
     *     of a path is a call to one and none to the other
     */
    public AuditFilter(String path, Ticker ticker, MeterRegistry meters) {
        this.path = PathPatternParser.defaultInstance.parse(path);
        this.ticker = ticker;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!path.matches(exchange.getRequest().getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        var entry = AuditEntry.begin(exchange, process + "-" + calls.incrementAndGet());
        long began = ticker.now();
        return chain.filter(exchange)
                .doOnError(failure -> noteFailure(entry, failure))
                .doFinally(end -> write(entry, end, Duration.ofNanos(ticker.now() - began)));
    }

    private static void noteFailure(AuditEntry entry, Throwable failure) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            entry.refused(CLIENT_GONE);
        } else if (entry.outcome().equals(AuditEntry.NOTHING)) {
            entry.refused(failure instanceof Problem problem ? problem.type().code() : "internal");
        }
    }

    /** Values stand in quotes; a caller's own name is not to end there and begin another field. */
    private static @Nullable String quotable(@Nullable String name) {
        return name == null ? null : name.replace('"', '\'');
    }

    private void write(AuditEntry entry, SignalType end, Duration took) {
        // Whatever ends regularly has said how; a connection that is cut says nothing.
        boolean cut = end == SignalType.CANCEL || entry.outcome().equals(AuditEntry.NOTHING);
        var outcome = cut ? CLIENT_GONE : entry.outcome();
        meters.timer("orrery.gateway.calls", "outcome", outcome).record(took);
        var line =
                log.atInfo()
                        .addKeyValue("request_id", entry.requestId())
                        .addKeyValue("service", entry.service())
                        .addKeyValue("user", quotable(entry.user()))
                        .addKeyValue("app", entry.app())
                        .addKeyValue("provider", entry.provider())
                        .addKeyValue("model", quotable(entry.model()))
                        .addKeyValue("outcome", outcome)
                        .addKeyValue("stream", entry.streamed())
                        .addKeyValue("ms", took.toMillis())
                        .addKeyValue("attempts", entry.attempts());
        if (outcome.equals(CallTrace.ANSWERED)) {
            line =
                    line.addKeyValue("input_tokens", entry.inputTokens())
                            .addKeyValue("output_tokens", entry.outputTokens());
        }
        if (entry.endpoint() != null) {
            line = line.addKeyValue("endpoint", entry.endpoint());
        }
        if (entry.reused() != null) {
            line = line.addKeyValue("reused", entry.reused());
        }
        line.log("Gateway call");
    }
}
