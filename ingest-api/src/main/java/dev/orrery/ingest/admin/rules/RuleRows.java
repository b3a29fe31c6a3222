package dev.orrery.ingest.admin.rules;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.fallback.ChainStep;
import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code llm.fallback_rules}. Workers see a change within half a minute. */
@Component
final class RuleRows {

    private static final String COLUMNS =
            "select name, provider, model, steps, append_universal, enabled, note from llm.fallback_rules";

    private final Store store;
    private final JsonMapper json;

    RuleRows(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** By name; one more than asked for, if there is one more. */
    Mono<List<Rule>> list(PageRequest asked) {
        var statement =
                store.sql(COLUMNS + " where name > $1 order by name limit $2")
                        .bind(0, asked.afterText(0))
                        .bind(1, asked.limitAndOne());
        return store.all(statement, this::read).collectList();
    }

    /** Others who would change it wait for this transaction. */
    Mono<Rule> lock(String name) {
        return store.one(
                store.sql(COLUMNS + " where name = $1 for update").bind(0, name), this::read);
    }

    Mono<Long> put(Rule rule) {
        var statement =
                store.sql(
                                """
                                insert into llm.fallback_rules
                                  (name, provider, model, steps, append_universal, enabled, note)
                                values ($1, $2, $3, $4::jsonb, $5, $6, $7)
                                on conflict (name) do update
                                   set provider = excluded.provider, model = excluded.model, steps = excluded.steps,
                                       append_universal = excluded.append_universal, enabled = excluded.enabled,
                                       note = excluded.note
                                """)
                        .bind(0, rule.name())
                        .bind(1, rule.provider())
                        .bind(2, rule.model())
                        .bind(3, json.writeValueAsString(rule.steps()))
                        .bind(4, rule.appendUniversal())
                        .bind(5, rule.enabled())
                        .bind(6, rule.note());
        return store.change(statement);
    }

    Mono<Long> delete(String name) {
        return store.change(
                store.sql("delete from llm.fallback_rules where name = $1").bind(0, name));
    }

    private Rule read(Readable row) {
        var steps = json.readTree(required(row, "steps", String.class));
        return new Rule(
                required(row, "name", String.class),
                required(row, "provider", String.class),
                required(row, "model", String.class),
                steps.valueStream().map(RuleRows::step).toList(),
                required(row, "append_universal", Boolean.class),
                required(row, "enabled", Boolean.class),
                required(row, "note", String.class));
    }

    private static ChainStep step(JsonNode step) {
        var region = step.path("region");
        return new ChainStep(
                step.path("provider").asString(),
                step.path("model").asString(),
                region.isString() ? region.stringValue() : null,
                step.path("retry").asInt(0));
    }
}
