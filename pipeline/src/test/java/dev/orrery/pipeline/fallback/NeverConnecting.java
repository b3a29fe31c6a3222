package dev.orrery.pipeline.fallback;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A server that takes a connection and never says a word. */
final class NeverConnecting implements ConnectionFactory {

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.never();
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return () -> "PostgreSQL";
    }
}
