package dev.orrery.llm.gateway.request;

import dev.orrery.llm.model.ChatModel;
import java.net.URI;
import java.util.Optional;

/** The OpenAI-compatible servers that a request may name. */
@FunctionalInterface
public interface Endpoints {

    /**
     * The way to one; empty when it may not be called. Called on any thread; returns at once, and
     * asks no name server.
     */
    Optional<ChatModel> at(URI endpoint);
}
