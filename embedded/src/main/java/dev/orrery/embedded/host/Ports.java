package dev.orrery.embedded.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface: which are free, and a clear refusal for those that are not. */
public final class Ports {

    /** The only address that an embedded server listens on. */
    public static final String LOOPBACK = "127.0.0.1";

    /**
     * Free ports are taken from below the range that Linux and macOS use for outgoing connections.
     * Otherwise a client that reconnects to a server which is just being restarted could be given
     * that very port, and keep it.
     */
    private static final int LOWEST_FREE = 20_000;

    private static final int HIGHEST_FREE = 31_999;

    private static final int MAX_TRIES = 200;

    private static final int PROBE_MILLIS = 250;

    private Ports() {}

    /**
     * Returns the port if it can be listened on, and a free one in its place if it is 0. Blocks for
     * at most 250 ms.
     *
     * @param wantedBy the server that wants it, as a person would name it
     * @throws PortTaken if somebody listens there
     */
    public static int freeOr(int port, String wantedBy) {
        if (port == 0) {
            return free(1).getFirst();
        }
        require(port, wantedBy);
        return port;
    }

    /**
     * Returns quietly if the port can be listened on.
     *
     * @throws PortTaken if somebody listens there
     */
    public static void require(int port, String wantedBy) {
        if (port < 1 || port > 65_535) {
            throw new StartFailed(
                    "port of %s: %d (expected: 1 to 65535)".formatted(wantedBy, port));
        }
        if (answers(port) || !canListen(port)) {
            throw new PortTaken(port, wantedBy);
        }
    }

    /**
     * Returns distinct ports that nobody listens on at this moment. Nothing reserves them: use them
     * soon.
     */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int attempt = 0; held.size() < count; attempt++) {
                if (attempt == MAX_TRIES) {
                    throw new StartFailed(
                            "no %d free ports between %d and %d"
                                    .formatted(count, LOWEST_FREE, HIGHEST_FREE));
                }
                holdOne(held);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static void holdOne(List<ServerSocket> held) {
        int candidate = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE + 1);
        if (answers(candidate)) {
            return;
        }
        try {
            held.add(listen(candidate));
        } catch (IOException taken) {
            // Another candidate will do.
        }
    }

    /**
     * macOS lets two sockets listen on one port if their addresses differ, so listening alone
     * proves nothing.
     */
    private static boolean answers(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(LOOPBACK, port), PROBE_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK));
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException cause) {
            throw new StartFailed(
                    "port %d could not be released".formatted(socket.getLocalPort()), cause);
        }
    }
}
