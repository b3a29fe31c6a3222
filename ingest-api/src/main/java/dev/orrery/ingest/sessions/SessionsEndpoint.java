package dev.orrery.ingest.sessions;

import dev.orrery.ingest.documents.PathId;
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

/** {@code /v1/sessions}: conversations of the caller. */
@RestController
@RequestMapping(path = "/v1/sessions", produces = MediaType.APPLICATION_JSON_VALUE)
class SessionsEndpoint {

    private final Sessions sessions;

    SessionsEndpoint(Sessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Session>> begin(Caller caller, Fields document) {
        var slug = document.allowing("bot").text("bot", 255);
        return sessions.begin(caller.user(), slug)
                .map(session ->
                        ResponseEntity.created(URI.create("/v1/sessions/" + session.id()))
                                .body(session));
    }

    @GetMapping
    Mono<Page<Session>> list(Caller caller, PageRequest asked) {
        return sessions.list(caller.user(), asked);
    }

    @GetMapping("/{id}")
    Mono<Session> get(Caller caller, @PathVariable String id) {
        return sessions.find(caller.user(), PathId.of(id));
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Session> rename(Caller caller, @PathVariable String id, Fields document) {
        var title = document.allowing("title").textOrNull("title", 255);
        return sessions.rename(caller.user(), PathId.of(id), title);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> close(Caller caller, @PathVariable String id) {
        return sessions.close(caller.user(), PathId.of(id));
    }
}
