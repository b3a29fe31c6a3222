package dev.orrery.llm.safety;

import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Moderators;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.safety.TextCheck.ModelName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Has texts judged by providers' models, within {@value #LONGEST_SECONDS} seconds. A judgement that
 * is not to be had is one too ({@link Ruling.Unjudged}); no text gets into the log.
 *
 * <p>Thread safety: any thread; never blocks. Cancelling breaks the call off.
 */
final class Judge {

    static final int LONGEST_SECONDS = 2;
    static final Duration LONGEST = Duration.ofSeconds(LONGEST_SECONDS);

    private static final Logger log = LoggerFactory.getLogger(Judge.class);

    private final Moderators moderators;
    private final JudgementSpans spans;
    private final Verdicts verdicts;
    private final Ticker ticker;

    Judge(Moderators moderators, JudgementSpans spans, Verdicts verdicts, Ticker ticker) {
        this.moderators = moderators;
        this.spans = spans;
        this.verdicts = verdicts;
        this.ticker = ticker;
    }

    /**
     * Asks once per subscription; does not fail.
     *
     * @param origin what the call hangs on
     * @param patience until the deadline of the turn
     */
    Mono<Ruling> judge(Side side, ModelName model, String text, Origin origin, Duration patience) {
        return Mono.defer(
                        () -> {
                            long began = ticker.now();
                            return asked(model, text, limit(patience))
                                    .map(found -> Ruling.of(ModelCategories.of(found)))
                                    .onErrorResume(
                                            failure -> Mono.just(unjudged(side, model, failure)))
                                    .doOnNext(ruling ->
                                            spans.ended(side, model, ruling, origin, since(began)));
                        })
                .doOnNext(ruling -> verdicts.byModel(side, ruling));
    }

    private Mono<Set<String>> asked(ModelName model, String text, Duration limit) {
        if (!limit.isPositive()) {
            return Mono.error(new TimeoutException("the turn's deadline"));
        }
        return moderators
                .moderator(model.provider())
                .map(moderator -> moderator.judge(model.model(), text, limit))
                .orElseGet(() ->
                        Mono.error(new ModelFailure.ConnectionFailed("no such moderator", null)))
                .timeout(limit, ticker.scheduler());
    }

    private static Duration limit(Duration patience) {
        return patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
    }

    private static Ruling unjudged(Side side, ModelName model, Throwable failure) {
        log.atWarn()
                .addKeyValue("stage", side.wireName())
                .addKeyValue("provider", model.provider())
                .addKeyValue("model", model.model())
                .addKeyValue("reason", reason(failure))
                .log("A text could not be judged");
        return new Ruling.Unjudged();
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case ModelFailure known -> String.valueOf(known.getMessage());
            case TimeoutException _ -> "timed_out";
            default -> failure.getClass().getSimpleName();
        };
    }

    private Duration since(long began) {
        return Duration.ofNanos(ticker.now() - began);
    }
}
