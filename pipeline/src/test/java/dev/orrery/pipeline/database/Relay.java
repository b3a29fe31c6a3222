package dev.orrery.pipeline.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server on this machine, and can make connections go silent as they
 * do when a host vanishes: they stay open and never bring another answer. New ones work.
 */
final class Relay implements AutoCloseable {

    /** One client's way to the server. */
    private static final class Line {
        final Socket client;
        final Socket server;
        volatile boolean silent;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }
    }

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final int target;

    /**
     * @param target port of the server
     */
    Relay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void silenceAll() {
        lines.forEach(line -> line.silent = true);
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
                lines.add(line);
                var up = line.server.getOutputStream();
                var down = line.client.getOutputStream();
                Thread.ofVirtual().start(() -> pump(line, client, up));
                Thread.ofVirtual().start(() -> pump(line, line.server, down));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private static void pump(Line line, Socket from, OutputStream to) {
        try (InputStream source = from.getInputStream()) {
            var bytes = new byte[8192];
            for (int count = source.read(bytes); count >= 0; count = source.read(bytes)) {
                if (!line.silent) {
                    to.write(bytes, 0, count);
                }
            }
        } catch (IOException closed) {
            // by the other side, or by the end of the test
        }
        close(line);
    }

    private static void close(Line line) {
        try (line.client;
                line.server) {
            line.silent = true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        lines.forEach(Relay::close);
    }
}
