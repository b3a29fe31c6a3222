package dev.orrery.ingest.admin.changes;

import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/changes}: who changed what, and when. */
@RestController
class ChangesEndpoint {

    private final Changes changes;

    ChangesEndpoint(Changes changes) {
        this.changes = changes;
    }

    @GetMapping("/admin/v1/changes")
    Mono<Page<Change>> list(PageRequest asked) {
        return changes.list(asked);
    }
}
