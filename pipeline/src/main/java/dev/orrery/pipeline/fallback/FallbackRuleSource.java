package dev.orrery.pipeline.fallback;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where the rules are kept. */
public interface FallbackRuleSource {

    /**
     * The enabled rules, in an order that does not change by itself. Fails with {@link
     * dev.orrery.pipeline.stage.StageFailure.Transient} while they cannot be reached, otherwise for
     * good.
     */
    Mono<List<FallbackRule>> read();
}
