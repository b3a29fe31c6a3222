package dev.orrery.ingest.admin.prices;

import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.Fields;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /admin/v1/prices}: what providers bill for their models. */
@RestController
@RequestMapping(path = "/admin/v1/prices", produces = MediaType.APPLICATION_JSON_VALUE)
class PricesEndpoint {

    private final Prices prices;

    PricesEndpoint(Prices prices) {
        this.prices = prices;
    }

    @GetMapping
    Mono<Page<Price>> list(PageRequest asked) {
        return prices.list(asked);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Price> add(Caller caller, Fields document) {
        return prices.add(caller.user(), document);
    }
}
