package dev.orrery.llm.gateway.audit;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.model.AtEndpoint;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What is known of a call so far. Holds names and numbers, never a text or a secret; whatever a
 * caller made up is only taken where it is short and plain.
 *
 * <p>Written by one signal at a time, though on changing threads.
 */
public final class AuditEntry {

    private static final String ATTRIBUTE = AuditEntry.class.getName();
    private static final String REQUEST_ID = "X-Request-Id";
    private static final String APP_IDENTIFIER = "app-identifier";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What became of a call that nobody has said anything else of. */
    static final String NOTHING = "nothing";

    private final HttpHeaders answer;
    private final String app;
    private volatile String requestId;
    private volatile @Nullable String service;
    private volatile @Nullable String user;
    private volatile @Nullable String provider;
    private volatile @Nullable URI endpoint;
    private volatile @Nullable String model;
    private volatile String outcome = NOTHING;
    private volatile boolean streamed;
    private volatile @Nullable String reused;
    private volatile long inputTokens;
    private volatile long outputTokens;
    private volatile int attempts;

    private AuditEntry(HttpHeaders answer, String requestId, String app) {
        this.answer = answer;
        this.requestId = requestId;
        this.app = app;
        answer.set(REQUEST_ID, requestId);
    }

    /**
     * Begins the entry of a call, whose id is the caller's own where that is a sane one.
     *
     * @param freshId for a call that has none
     */
    static AuditEntry begin(ServerWebExchange exchange, String freshId) {
        var headers = exchange.getRequest().getHeaders();
        var given = plain(headers, REQUEST_ID);
        var entry =
                new AuditEntry(
                        exchange.getResponse().getHeaders(),
                        given == null ? freshId : given,
                        appOf(headers));
        exchange.getAttributes().put(ATTRIBUTE, entry);
        return entry;
    }

    /** The entry of a call; null for a request that is none. */
    public static @Nullable AuditEntry find(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    private static String appOf(HttpHeaders headers) {
        if (!headers.containsHeader(APP_IDENTIFIER)) {
            return "none";
        }
        var plain = plain(headers, APP_IDENTIFIER);
        return plain == null ? "unreadable" : plain;
    }

    private static @Nullable String plain(HttpHeaders headers, String name) {
        var given = headers.getOrEmpty(name);
        return given.size() == 1 && PLAIN.matcher(given.getFirst()).matches()
                ? given.getFirst()
                : null;
    }

    public void caller(String knownService) {
        service = knownService;
    }

    /**
     * The call is understood.
     *
     * @param asked id that the body states; null keeps the one there is
     * @param onBehalfOf the user, in characters that may stand in a line of a log
     * @param firstProvider as the chain knows it, see {@link AtEndpoint}
     */
    public void asked(
            @Nullable String asked,
            @Nullable String onBehalfOf,
            String firstProvider,
            String firstModel,
            boolean asStream) {
        if (asked != null) {
            requestId = asked;
            answer.set(REQUEST_ID, asked);
        }
        user = onBehalfOf;
        provider = AtEndpoint.provider(firstProvider);
        endpoint = AtEndpoint.endpoint(firstProvider);
        model = firstModel;
        streamed = asStream;
    }

    /**
     * A model has answered.
     *
     * @param input tokens
     * @param output tokens
     * @param calls one of which has brought the answer
     */
    public void answered(
            String byProvider, String byModel, long input, long output, List<CallTrace> calls) {
        provider = byProvider;
        endpoint = AtEndpoint.endpoint(CallTrace.answering(calls).provider());
        model = byModel;
        inputTokens = input;
        outputTokens = output;
        attempts = calls.size();
        outcome = CallTrace.ANSWERED;
    }

    /** The call ended without an answer. */
    public void refused(String code) {
        outcome = code;
    }

    /** As {@link #refused(String)}, after models were asked. */
    public void failed(String code, List<CallTrace> calls) {
        outcome = code;
        attempts = calls.size();
    }

    /** The answer was not made for this call alone. */
    public void reused(String how) {
        reused = how;
    }

    public String requestId() {
        return requestId;
    }

    String app() {
        return app;
    }

    @Nullable String service() {
        return service;
    }

    @Nullable String user() {
        return user;
    }

    @Nullable String provider() {
        return provider;
    }

    /** The server that the caller has named; null for a provider at its own address. */
    @Nullable URI endpoint() {
        return endpoint;
    }

    @Nullable String model() {
        return model;
    }

    String outcome() {
        return outcome;
    }

    boolean streamed() {
        return streamed;
    }

    @Nullable String reused() {
        return reused;
    }

    long inputTokens() {
        return inputTokens;
    }

    long outputTokens() {
        return outputTokens;
    }

    int attempts() {
        return attempts;
    }
}
