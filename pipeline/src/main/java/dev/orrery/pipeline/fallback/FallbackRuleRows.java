package dev.orrery.pipeline.fallback;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.pipeline.database.DatabaseFailures;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link FallbackRuleSource} on {@code llm.fallback_rules}. */
public final class FallbackRuleRows implements FallbackRuleSource {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Far more than there are models. */
    static final int MOST_RULES = 10_000;

    private final DatabaseClient database;
    private final Duration timeLimit;

    /**
     * @param timeLimit for one read, above 0
     */
    public FallbackRuleRows(DatabaseClient database, Duration timeLimit) {
        this.database = database;
        this.timeLimit = timeLimit;
    }

    @Override
    public Mono<List<FallbackRule>> read() {
        return database.sql(
                        """
                        select provider, model, steps::text as steps, append_universal
                          from llm.fallback_rules where enabled order by provider, model limit :most
                        """)
                .bind("most", MOST_RULES + 1)
                .map(FallbackRuleRows::rule)
                .all()
                .collectList()
                .doOnNext(FallbackRuleRows::requireBounded)
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified);
    }

    private static void requireBounded(List<FallbackRule> rules) {
        if (rules.size() > MOST_RULES) {
            throw new IllegalStateException(
                    "llm.fallback_rules: more than "
                            + MOST_RULES
                            + " (expected: at most "
                            + MOST_RULES
                            + " enabled)");
        }
    }

    private static FallbackRule rule(Readable row) {
        var steps = JSON.readTree(required(row, "steps", String.class));
        return new FallbackRule(
                required(row, "provider", String.class),
                required(row, "model", String.class),
                steps.values().stream().map(FallbackRuleRows::step).toList(),
                required(row, "append_universal", Boolean.class));
    }

    /** The table takes nothing else, see {@code llm.is_fallback_step}. */
    private static ChainStep step(JsonNode step) {
        var region = step.path("region");
        return new ChainStep(
                step.path("provider").stringValue(),
                step.path("model").stringValue(),
                region.isString() ? region.stringValue() : null,
                step.path("retry").asInt(0));
    }
}
