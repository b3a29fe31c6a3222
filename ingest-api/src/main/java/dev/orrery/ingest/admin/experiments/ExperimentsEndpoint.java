package dev.orrery.ingest.admin.experiments;

import dev.orrery.ingest.admin.bots.Slug;
import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/experiments}: several revisions of one bot beside each other. */
@RestController
@RequestMapping(path = "/admin/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ExperimentsEndpoint {

    private final Experiments experiments;
    private final ExperimentRows rows;
    private final Results results;

    ExperimentsEndpoint(Experiments experiments, ExperimentRows rows, Results results) {
        this.experiments = experiments;
        this.rows = rows;
        this.results = results;
    }

    @PostMapping(path = "/bots/{slug}/experiments", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Experiment> create(Caller caller, @PathVariable String slug, Fields document) {
        return experiments.create(caller.user(), Slug.inPath(slug), Plan.of(document));
    }

    @GetMapping("/bots/{slug}/experiments")
    Mono<Page<Experiment>> list(@PathVariable String slug, PageRequest asked) {
        return rows.bot(Slug.inPath(slug))
                .switchIfEmpty(Mono.error(Slug::unknown))
                .flatMap(bot -> rows.list(bot, asked));
    }

    @GetMapping("/experiments/{id}")
    Mono<Experiment> get(@PathVariable String id) {
        return experiments.find(PathId.of(id));
    }

    @PostMapping("/experiments/{id}/start")
    Mono<Experiment> start(Caller caller, @PathVariable String id) {
        return experiments.start(caller.user(), PathId.of(id));
    }

    @PostMapping("/experiments/{id}/stop")
    Mono<Experiment> stop(Caller caller, @PathVariable String id) {
        return experiments.stop(caller.user(), PathId.of(id));
    }

    @GetMapping("/experiments/{id}/results")
    Mono<Results.Summary> results(@PathVariable String id) {
        return experiments.find(PathId.of(id)).flatMap(results::of);
    }
}
