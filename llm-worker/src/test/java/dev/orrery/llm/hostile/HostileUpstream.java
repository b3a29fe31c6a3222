package dev.orrery.llm.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider that does what no server should: bytes on a socket, with nothing in between that would
 * put them right. Which fault a request meets is the first part of its path, the fault's place in
 * the list. Each connection has a thread of its own.
 */
public final class HostileUpstream implements AutoCloseable {

    private static final int BACKLOG = 1_024;
    private static final int MOST_BODY_BYTES = 1024 * 1024;

    private final ServerSocket server;
    private final List<? extends Conduct> faults;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private HostileUpstream(ServerSocket server, List<? extends Conduct> faults) {
        this.server = server;
        this.faults = faults;
    }

    public static HostileUpstream start(List<? extends Conduct> faults) throws IOException {
        var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var upstream = new HostileUpstream(server, List.copyOf(faults));
        Thread.ofVirtual().name("hostile-upstream").start(upstream::accept);
        return upstream;
    }

    /** Where a fault is met. */
    public String url(int fault) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + fault;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            for (var path = request(in); path != null; path = request(in)) {
                int fault = Integer.parseInt(path.split("/")[1]);
                faults.get(fault).answer(new Wire(socket));
            }
        } catch (IOException gone) {
            // whoever asked has heard enough, or the fault is that nobody answers
        } finally {
            connections.remove(socket);
        }
    }

    /** Reads a request to its end; its path, or null when there is none any more. */
    private static @Nullable String request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        int length = 0;
        for (var line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        in.readNBytes(Math.min(length, MOST_BODY_BYTES));
        return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/1."));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    /** How a request is answered. */
    @FunctionalInterface
    public interface Conduct {

        /** Returns where the connection may be used again. */
        void answer(Wire wire) throws IOException;
    }

    /** The way back to whoever asked. */
    public static final class Wire {

        /** Nobody who is in a hurry is there that long. */
        private static final int LONGEST_MILLIS = 20_000;

        private static final int PACE_MILLIS = 10;

        /**
         * So slow that no text is whole before the longest limit for the first token has passed.
         */
        private static final int DRIP_MILLIS = 100;

        private final Socket socket;

        Wire(Socket socket) {
            this.socket = socket;
        }

        public Wire send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        }

        public Wire send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        /** One chunk of a chunked body. */
        public Wire chunk(byte[] bytes) throws IOException {
            send(Integer.toHexString(bytes.length) + "\r\n");
            return send(bytes).send("\r\n");
        }

        public Wire chunk(String text) throws IOException {
            return chunk(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The last chunk. */
        public void end() throws IOException {
            send("0\r\n\r\n");
        }

        /** Says nothing more, until whoever asked has gone. */
        void stayedSilent() throws IOException {
            repeat(new byte[0]);
        }

        /** Goes on and on, until whoever asked has gone. */
        void repeat(byte[] bytes) throws IOException {
            socket.setSoTimeout(PACE_MILLIS);
            for (int waited = 0; waited < LONGEST_MILLIS; waited += PACE_MILLIS) {
                send(bytes);
                if (isGone()) {
                    return;
                }
            }
            throw new IOException("whoever asked is still there");
        }

        /** Long enough for what was sent to be read by itself. */
        void pause() throws IOException {
            socket.setSoTimeout(PACE_MILLIS);
            if (isGone()) {
                throw new IOException("whoever asked has gone");
            }
            socket.setSoTimeout(0);
        }

        /** Byte by byte, until whoever asked has gone. */
        void drip(byte[] bytes) throws IOException {
            socket.setSoTimeout(DRIP_MILLIS);
            for (byte each : bytes) {
                send(new byte[] {each});
                if (isGone()) {
                    return;
                }
            }
        }

        private boolean isGone() throws IOException {
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException stillThere) {
                return false;
            }
        }

        /** FIN. */
        void close() throws IOException {
            socket.close();
        }

        /** RST. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
