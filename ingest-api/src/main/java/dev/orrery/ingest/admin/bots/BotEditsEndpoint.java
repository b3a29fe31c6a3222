package dev.orrery.ingest.admin.bots;

import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/bots}: bots, whoever may see them. */
@RestController
@RequestMapping(path = "/admin/v1/bots", produces = MediaType.APPLICATION_JSON_VALUE)
class BotEditsEndpoint {

    private final BotEdits edits;
    private final BotRows rows;

    BotEditsEndpoint(BotEdits edits, BotRows rows) {
        this.edits = edits;
        this.rows = rows;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Bot>> create(Caller caller, Fields document) {
        return edits.create(caller.user(), BotFields.of(document), BotFields.slug(document))
                .map(bot ->
                        ResponseEntity.created(URI.create("/admin/v1/bots/" + bot.slug()))
                                .body(bot));
    }

    @GetMapping
    Mono<Page<Bot>> list(PageRequest asked) {
        return rows.list(asked);
    }

    @GetMapping("/{slug}")
    Mono<Bot> get(@PathVariable String slug) {
        return rows.find(Slug.inPath(slug)).switchIfEmpty(Mono.error(Slug::unknown));
    }

    @PatchMapping(path = "/{slug}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Bot> change(Caller caller, @PathVariable String slug, Fields document) {
        return edits.change(caller.user(), Slug.inPath(slug), document);
    }

    @DeleteMapping("/{slug}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String slug) {
        return edits.delete(caller.user(), Slug.inPath(slug));
    }
}
