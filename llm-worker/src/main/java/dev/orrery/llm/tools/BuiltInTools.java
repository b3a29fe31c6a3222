package dev.orrery.llm.tools;

import java.time.Clock;
import reactor.core.publisher.Mono;

/** Every handler's way to its result. */
public final class BuiltInTools implements ToolSource {

    /** What the model is told of a call that the app carries out. */
    static final String HANDED_TO_APP = "{\"status\":\"handed_to_app\"}";

    private final ToolSource currentTime;
    private final ToolSource facts;

    /**
     * @param facts knows charts, weather and rates
     */
    public BuiltInTools(Clock clock, ToolSource facts) {
        this.currentTime = new CurrentTime(clock);
        this.facts = facts;
    }

    @Override
    public Mono<String> carryOut(Errand errand) {
        return switch (errand.handler()) {
            case APP -> Mono.just(HANDED_TO_APP);
            case CURRENT_TIME -> currentTime.carryOut(errand);
            case GET_BIRTH_CHART, GET_WEATHER, GET_EXCHANGE_RATE -> facts.carryOut(errand);
        };
    }
}
