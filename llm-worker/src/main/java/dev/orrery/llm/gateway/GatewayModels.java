package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.request.Endpoints;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Models;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models of this process, and those of servers that requests name. */
public final class GatewayModels implements Models {

    private final Models configured;
    private final Endpoints endpoints;

    public GatewayModels(Models configured, Endpoints endpoints) {
        this.configured = configured;
        this.endpoints = endpoints;
    }

    @Override
    public Optional<ChatModel> of(String provider) {
        var endpoint = AtEndpoint.endpoint(provider);
        return endpoint == null ? configured.of(provider) : endpoints.at(endpoint);
    }

    @Override
    public @Nullable String defaultRegion(String provider) {
        return configured.defaultRegion(provider);
    }

    /** Of a server that a request names nothing is known. */
    @Override
    public boolean takesTools(String provider) {
        return AtEndpoint.endpoint(provider) != null || configured.takesTools(provider);
    }
}
