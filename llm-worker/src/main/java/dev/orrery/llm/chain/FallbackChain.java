package dev.orrery.llm.chain;

import dev.orrery.llm.chain.CallGate.Admission;
import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Models;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.backoff.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs chains: asks one model after the other until one has answered. What comes next is {@link
 * Course}'s decision, what a stream is worth {@link CallStream}'s; here they meet calls and clocks.
 *
 * <p>Thread safety: any number of chains at once, on any thread; never blocks. Cancelling a chain
 * breaks its call off.
 */
public final class FallbackChain {

    private static final Logger log = LoggerFactory.getLogger(FallbackChain.class);

    private static final Backoff BETWEEN_TRIES =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    private final Models models;
    private final CallGate gate;
    private final Prices prices;
    private final CallListener audience;
    private final int maxReplyChars;
    private final Ticker ticker;
    private final Clock clock;

    /**
     * @param gate may refuse a call; the next step is asked then
     * @param listeners hear of every call, in this order
     * @param maxReplyChars the longest answer that is taken, in UTF-16 units
     */
    public FallbackChain(
            Models models,
            CallGate gate,
            Prices prices,
            List<CallListener> listeners,
            int maxReplyChars,
            Ticker ticker,
            Clock clock) {
        this.models = models;
        this.gate = gate;
        this.prices = prices;
        this.audience = new Audience(listeners);
        this.maxReplyChars = maxReplyChars;
        this.ticker = ticker;
        this.clock = clock;
    }

    /** A chain whose calls are measured, and neither guarded nor priced. */
    public FallbackChain(
            Models models, int maxReplyChars, Ticker ticker, Clock clock, MeterRegistry meters) {
        this(
                models,
                CallGate.ALWAYS_OPEN,
                Prices.UNKNOWN,
                List.of(new CallMeters(meters)),
                maxReplyChars,
                ticker,
                clock);
    }

    /**
     * Runs a chain once per subscription. Ends with one answer or one failure; does not fail
     * itself.
     */
    public Flux<ChainEvent> run(ChainRequest request) {
        return Flux.defer(() -> new Walk(request).begin());
    }

    /** One chain on its way. Its signals come one at a time, though on changing threads. */
    private final class Walk {

        private final ChainRequest request;
        private final Course course;
        private final long deadline;
        private volatile boolean shown;
        private volatile @Nullable Instant firstTokenAt;

        Walk(ChainRequest request) {
            this.request = request;
            this.deadline = ticker.now() + request.patience().toNanos();
            this.course =
                    new Course(
                            request.steps(),
                            provider -> models.of(provider).isPresent(),
                            BETWEEN_TRIES::delay,
                            request.firstNumber(),
                            request.refusals());
        }

        Flux<ChainEvent> begin() {
            return follow(course.begin(left()));
        }

        private Flux<ChainEvent> follow(Next next) {
            return switch (next) {
                case Next.Call call ->
                        ticker.pause(call.pause()).thenMany(Flux.defer(() -> make(call)));
                case Next.Surrender surrender -> Flux.just(failed(surrender));
            };
        }

        private Flux<ChainEvent> make(Next.Call next) {
            var call = new Call(request, next.number(), next.step(), course.traces());
            return switch (gate.admit(call, next.lastResort())) {
                case Admission.Granted granted -> ask(next, call, granted.listener());
                case Admission.Refused refused ->
                        follow(course.refused(next, refused.reason(), left()));
            };
        }

        private Flux<ChainEvent> ask(Next.Call next, Call call, CallListener gatekeeper) {
            var began = new ChainEvent.CallBegan(next.number(), next.step(), shown);
            var stream =
                    new CallStream(
                            next.step().limits(),
                            ticker.now(),
                            deadline,
                            maxReplyChars,
                            !request.conversation().tools().isEmpty());
            var listeners = new Audience(List.of(gatekeeper, audience));
            var heard = new HeardCall(call, stream, listeners, prices, ticker);
            shown = false;
            heard.began();
            return Flux.concat(Mono.just(began), answer(next, stream, heard))
                    .doOnCancel(heard::cancelled)
                    .onErrorResume(
                            failure -> follow(next(next, stream, heard, classified(failure))));
        }

        private Flux<ChainEvent> answer(Next.Call call, CallStream stream, HeardCall heard) {
            return new LimitedCall(chunks(call.step()), stream, ticker)
                    .map(piece -> show(piece, heard))
                    .concatWith(Mono.fromSupplier(() -> answered(call, stream, heard)));
        }

        private Flux<ModelChunk> chunks(Step step) {
            return Flux.defer(() -> {
                ChatModel model =
                        models.of(step.provider())
                                .orElseThrow(() ->
                                        new ModelFailure.ConnectionFailed(
                                                "provider is gone", null));
                return model.stream(
                        new Prompt(
                                step.model(),
                                step.region(),
                                request.conversation(),
                                step.limits().connect(),
                                step.streamed()));
            });
        }

        private ChainEvent show(ChainEvent.Piece piece, HeardCall heard) {
            if (!shown) {
                shown = true;
                firstTokenAt = clock.instant();
                heard.firstText();
            }
            if (piece instanceof ChainEvent.Text text) {
                heard.text(text.text());
            }
            return piece;
        }

        private Next next(
                Next.Call call, CallStream stream, HeardCall heard, ModelFailure failure) {
            var timing = stream.timing(ticker.now());
            heard.failed(timing, failure);
            logFailure(call, failure);
            return course.failed(call, failure, timing, stream.isVisible(), left());
        }

        private ChainEvent answered(Next.Call call, CallStream stream, HeardCall heard) {
            var finishReason = stream.end();
            var timing = stream.timing(ticker.now());
            heard.answered(timing, finishReason);
            course.answered(call, timing);
            var firstToken = firstTokenAt;
            return new ChainEvent.Answered(
                    call.step(),
                    finishReason,
                    stream.usage(),
                    firstToken == null ? clock.instant() : firstToken,
                    course.traces());
        }

        private ChainEvent failed(Next.Surrender surrender) {
            log.atError()
                    .addKeyValue("correlation", request.correlation())
                    .addKeyValue("code", surrender.code().code())
                    .addKeyValue("calls", course.traces().size())
                    .log("All LLM providers failed");
            return new ChainEvent.Failed(surrender.code(), course.traces());
        }

        private Duration left() {
            return Duration.ofNanos(deadline - ticker.now());
        }

        /** An adapter fails with nothing else; should one do so, the chain goes on all the same. */
        private ModelFailure classified(Throwable failure) {
            if (failure instanceof ModelFailure known) {
                return known;
            }
            log.error("BUG: an adapter failed", placeOf(failure));
            return new ModelFailure.MalformedResponse(
                    "unforeseen " + failure.getClass().getSimpleName());
        }

        /** Where it happened, without the message: that may hold what the provider has said. */
        private static Throwable placeOf(Throwable failure) {
            var place = new Throwable(failure.getClass().getName());
            place.setStackTrace(failure.getStackTrace());
            return place;
        }

        private void logFailure(Next.Call call, ModelFailure failure) {
            var provider = AtEndpoint.tag(call.step().provider());
            boolean primary = call.step() == request.steps().getFirst();
            var who =
                    primary
                            ? "Primary provider"
                            : "Fallback " + provider + "/" + call.step().model();
            log.atWarn()
                    .addKeyValue("correlation", request.correlation())
                    .addKeyValue("provider", provider)
                    .addKeyValue("model", call.step().model())
                    .addKeyValue("call", call.number())
                    .log("{} failed: {}", who, failure.getMessage());
        }
    }
}
