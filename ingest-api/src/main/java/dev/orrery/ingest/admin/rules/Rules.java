package dev.orrery.ingest.admin.rules;

import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.admin.providers.ProviderRegistry;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts and deletes fallback rules; each change is noted in its own transaction. */
@Component
final class Rules {

    private final Store store;
    private final RuleRows rows;
    private final ProviderRegistry registry;
    private final Changes changes;

    Rules(Store store, RuleRows rows, ProviderRegistry registry, Changes changes) {
        this.store = store;
        this.rows = rows;
        this.registry = registry;
        this.changes = changes;
    }

    /** The rule of this name, in place of what it said before. */
    Mono<Rule> put(String actor, String name, Fields document) {
        return registry.enabled()
                .map(providers -> Rule.of(name, document, providers))
                .flatMap(rule -> store.together(replace(actor, rule).thenReturn(rule)))
                .onErrorMap(
                        DuplicateKeyException.class,
                        taken ->
                                new Problem(
                                        ProblemCode.CONFLICT,
                                        "provider, model: another enabled rule has both"
                                                + " (expected: one enabled rule for each)"));
    }

    private Mono<Void> replace(String actor, Rule rule) {
        return rows.lock(rule.name())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(was ->
                        was.filter(rule::equals).isPresent()
                                ? Mono.empty()
                                : rows.put(rule)
                                        .then(
                                                changes.note(
                                                        actor,
                                                        was.isPresent()
                                                                ? "change_rule"
                                                                : "create_rule",
                                                        rule.subject(),
                                                        was.orElse(null),
                                                        rule)));
    }

    Mono<Void> delete(String actor, String name) {
        if (!Rule.isName(name)) {
            return Mono.error(Rules::unknown);
        }
        return store.together(
                        rows.lock(name)
                                .flatMap(was ->
                                        rows.delete(name)
                                                .then(
                                                        changes.note(
                                                                actor,
                                                                "delete_rule",
                                                                was.subject(),
                                                                was,
                                                                null))
                                                .thenReturn(was)))
                .switchIfEmpty(Mono.error(Rules::unknown))
                .then();
    }

    private static Problem unknown() {
        return new Problem(CommonProblem.NOT_FOUND, "no rule of this name");
    }
}
