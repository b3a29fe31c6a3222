package dev.orrery.embedded.postgres;

import dev.orrery.embedded.host.Ports;

/**
 * The whole {@code postgresql.conf}. It is written anew at each start, so that no setting of an
 * earlier version lives on in somebody's data directory.
 *
 * @param port 1 to 65535
 * @param durability what a commit survives
 */
record Settings(int port, Durability durability) {

    private static final int MAX_CONNECTIONS = 200;

    private static final int SHARED_BUFFERS_MEBIBYTES = 128;

    String text() {
        String sync =
                switch (durability) {
                    case DURABLE -> "on";
                    case FAST -> "off";
                };
        return """
        listen_addresses = '%s'
        port = %d
        # A socket file in /tmp would clash with another PostgreSQL of this machine.
        unix_socket_directories = ''
        max_connections = %d
        shared_buffers = %dMB
        fsync = %s
        full_page_writes = %s
        synchronous_commit = on
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_checkpoints = off
        """
                .formatted(
                        Ports.LOOPBACK,
                        port,
                        MAX_CONNECTIONS,
                        SHARED_BUFFERS_MEBIBYTES,
                        sync,
                        sync);
    }
}
