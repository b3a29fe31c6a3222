package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.request.Endpoints;
import dev.orrery.llm.http.RefusedEndpoint;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.provider.Providers;
import java.net.URI;
import java.util.Optional;

/** Servers that the operator has put on the list; no key of ours goes there. */
public final class NamedEndpoints implements Endpoints {

    private final Providers providers;

    public NamedEndpoints(Providers providers) {
        this.providers = providers;
    }

    @Override
    public Optional<ChatModel> at(URI endpoint) {
        try {
            return Optional.of(providers.at(endpoint));
        } catch (RefusedEndpoint refused) {
            return Optional.empty(); // the caller is told what was expected, and no more
        }
    }
}
