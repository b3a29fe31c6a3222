package dev.orrery.ingest.bots;

import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.security.Caller;
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
    Mono<Page<Bots.Bot>> list(Caller caller) {
        return bots.live(caller.user()).collectList().map(live -> new Page<>(live, null));
    }
}
