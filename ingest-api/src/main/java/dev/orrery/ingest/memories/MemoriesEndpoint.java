package dev.orrery.ingest.memories;

import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /v1/me/memories}: what the caller wants to be remembered. */
@RestController
@RequestMapping(path = "/v1/me/memories", produces = MediaType.APPLICATION_JSON_VALUE)
class MemoriesEndpoint {

    private final Memories memories;

    MemoriesEndpoint(Memories memories) {
        this.memories = memories;
    }

    @GetMapping
    Mono<Page<Memory>> list(Caller caller, PageRequest asked) {
        return memories.list(caller.user(), asked);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Memory> add(Caller caller, Fields document) {
        return memories.add(caller.user(), document.allowing("text").text("text", 500));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String id) {
        return memories.delete(caller.user(), PathId.of(id));
    }
}
