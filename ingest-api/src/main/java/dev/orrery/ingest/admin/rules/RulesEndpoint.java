package dev.orrery.ingest.admin.rules;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/fallback-rules}: what is asked after a model has failed. */
@RestController
@RequestMapping(path = "/admin/v1/fallback-rules", produces = MediaType.APPLICATION_JSON_VALUE)
class RulesEndpoint {

    private final RuleRows rows;
    private final Rules rules;
    private final RuleSettings settings;

    RulesEndpoint(RuleRows rows, Rules rules, RuleSettings settings) {
        this.rows = rows;
        this.rules = rules;
        this.settings = settings;
    }

    /**
     * A rule and what it is advised against.
     *
     * @param warnings one sentence each; it is followed all the same
     */
    record ShownRule(@JsonUnwrapped Rule rule, List<String> warnings) {}

    /** By name. */
    @GetMapping
    Mono<Page<ShownRule>> list(PageRequest asked) {
        return rows.list(asked)
                .map(found -> found.stream().map(this::shown).toList())
                .map(found -> Page.of(found, asked, last -> Cursor.of(last.rule().name())));
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ShownRule> put(Caller caller, @PathVariable String name, Fields document) {
        return rules.put(caller.user(), name, document).map(this::shown);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String name) {
        return rules.delete(caller.user(), name);
    }

    private ShownRule shown(Rule rule) {
        return new ShownRule(rule, rule.warnings(settings.universalStep()));
    }
}
