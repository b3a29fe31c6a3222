package dev.orrery.ingest.bots;

import dev.orrery.ingest.paging.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /v1/bots}: whom a user may talk to. */
@RestController
class BotsEndpoint {

    private final Bots bots;

    BotsEndpoint(Bots bots) {
        this.bots = bots;
    }

    @GetMapping("/v1/bots")
    Mono<Page<Bots.Bot>> list() {
        return bots.live().collectList().map(live -> new Page<>(live, null));
    }
}
