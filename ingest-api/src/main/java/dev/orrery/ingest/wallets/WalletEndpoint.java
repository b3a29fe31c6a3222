package dev.orrery.ingest.wallets;

import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /v1/wallet}: the caller's money. */
@RestController
@RequestMapping("/v1/wallet")
class WalletEndpoint {

    private final Wallets wallets;

    WalletEndpoint(Wallets wallets) {
        this.wallets = wallets;
    }

    @GetMapping
    Mono<Wallet> get(Caller caller) {
        return wallets.find(caller.user()).switchIfEmpty(Mono.error(WalletEndpoint::noWallet));
    }

    @GetMapping("/entries")
    Mono<Page<WalletEntry>> entries(Caller caller, PageRequest asked) {
        return wallets.find(caller.user())
                .switchIfEmpty(Mono.error(WalletEndpoint::noWallet))
                .flatMap(wallet -> wallets.entries(wallet, asked));
    }

    private static Problem noWallet() {
        return new Problem(CommonProblem.NOT_FOUND, "no wallet yet (PUT /v1/me opens one)");
    }
}
