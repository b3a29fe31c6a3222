package dev.orrery.pipeline.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Makes connections that know when an answer was not waited for, see {@link WatchedConnection}.
 *
 * @param longestSilence after which a command counts as unanswered; above the server's own
 *     time-outs
 */
record WatchedConnections(ConnectionFactory connections, Duration longestSilence)
        implements ConnectionFactory {

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.<Connection>from(connections.create())
                .map(connection -> new WatchedConnection(connection, longestSilence));
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return connections.getMetadata();
    }
}
