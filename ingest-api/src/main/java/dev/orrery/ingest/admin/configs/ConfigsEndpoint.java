package dev.orrery.ingest.admin.configs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orrery.ingest.admin.bots.Slug;
import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/llm-configs}: how bots answer. */
@RestController
@RequestMapping(path = "/admin/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ConfigsEndpoint {

    private final ConfigRows configs;
    private final RevisionRows revisions;
    private final ConfigEdits edits;
    private final Activation activation;

    ConfigsEndpoint(
            ConfigRows configs, RevisionRows revisions, ConfigEdits edits, Activation activation) {
        this.configs = configs;
        this.revisions = revisions;
        this.edits = edits;
        this.activation = activation;
    }

    /** A configuration and one of its revisions. */
    record Shown(@JsonUnwrapped LlmConfig config, Revision revision, List<Finding> findings) {}

    /**
     * A revision that was saved, whatever its lint says: errors only keep it from being activated.
     */
    record ShownRevision(@JsonUnwrapped Revision revision, List<Finding> findings) {}

    @PostMapping(path = "/bots/{slug}/llm-configs", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Shown> create(Caller caller, @PathVariable String slug, Fields document) {
        return edits.create(caller.user(), Slug.inPath(slug), document)
                .flatMap(saved ->
                        configs.find(saved.revision().configId())
                                .map(config ->
                                        new Shown(config, saved.revision(), saved.findings())));
    }

    @GetMapping("/bots/{slug}/llm-configs")
    Mono<Page<LlmConfig>> list(@PathVariable String slug, PageRequest asked) {
        return configs.bot(Slug.inPath(slug))
                .switchIfEmpty(Mono.error(Slug::unknown))
                .flatMap(bot -> configs.list(bot.slug(), asked));
    }

    /** 201 with the next revision, 200 with the newest one when it says all that already. */
    @PostMapping(path = "/llm-configs/{id}/revisions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ShownRevision>> revise(
            Caller caller, @PathVariable String id, Fields document) {
        return edits.revise(caller.user(), PathId.of(id), document)
                .map(saved ->
                        ResponseEntity.status(saved.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                                .body(new ShownRevision(saved.revision(), saved.findings())));
    }

    @GetMapping("/llm-configs/{id}/revisions")
    Mono<Page<Revision>> revisions(@PathVariable String id, PageRequest asked) {
        var config = PathId.of(id);
        return configs.find(config)
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(found -> revisions.list(config, asked));
    }

    @PostMapping("/llm-configs/{id}/activate")
    Mono<Activation.Activated> activate(
            Caller caller, @PathVariable String id, Optional<Fields> choice) {
        return activation.activate(caller.user(), PathId.of(id), choice);
    }
}
