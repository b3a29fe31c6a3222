package dev.orrery.ingest.memories;

import dev.orrery.ingest.accounts.UserId;
import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/memories/{user}}: what is remembered of a user, for those who answer for it. */
@RestController
@RequestMapping(path = "/admin/v1/memories/{user}", produces = MediaType.APPLICATION_JSON_VALUE)
class OperatorsMemoriesEndpoint {

    private final Memories memories;

    OperatorsMemoriesEndpoint(Memories memories) {
        this.memories = memories;
    }

    @GetMapping
    Mono<Page<Memory>> list(@PathVariable String user, PageRequest asked) {
        return memories.list(known(user), asked);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String user, @PathVariable String id) {
        return memories.forget(caller.user(), known(user), PathId.of(id));
    }

    /** Who cannot exist has nothing. */
    private static String known(String user) {
        if (!UserId.isOne(user)) {
            throw Problem.notFound();
        }
        return user;
    }
}
