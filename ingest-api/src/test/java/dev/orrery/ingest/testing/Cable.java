package dev.orrery.ingest.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a server. Pulled, it cuts what is connected, and what connects at once; pinched, it
 * carries nothing more, and nobody is told; muted, it carries what is asked and no answer.
 */
public final class Cable implements AutoCloseable {

    private enum State {
        WHOLE,
        PULLED,
        PINCHED,
        MUTED
    }

    private final ServerSocket entrance;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;

    /**
     * @param port of the server, on loopback
     */
    public Cable(int port) {
        this.port = port;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().name("cable").start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    public void pull() {
        state = State.PULLED;
        cut();
    }

    public void pinch() {
        state = State.PINCHED;
    }

    public void mute() {
        state = State.MUTED;
    }

    /** Whole again. What has lost bytes is cut. */
    public void plugIn() {
        var before = state;
        state = State.WHOLE;
        if (before != State.WHOLE) {
            cut();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var client = entrance.accept();
                ends.add(client);
                if (state == State.PULLED) {
                    cut();
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                // the loop looks whether it was the entrance
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        ends.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> carry(client, server, State.MUTED));
        Thread.ofVirtual().start(() -> carry(server, client, State.WHOLE));
    }

    /**
     * @param also the state beside {@link State#WHOLE} in which this direction is open
     */
    private void carry(Socket from, Socket to, State also) {
        try (from;
                to) {
            var buffer = new byte[16 * 1024];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (state == State.WHOLE || state == also) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException cut) {
            // both ends are closed by now
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private void cut() {
        for (var end : ends) {
            try {
                end.close();
            } catch (IOException closedAlready) {
                // as wanted
            }
        }
        ends.clear();
    }

    @Override
    public void close() {
        pull();
        try {
            entrance.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
