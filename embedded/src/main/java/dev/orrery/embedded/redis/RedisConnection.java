package dev.orrery.embedded.redis;

import dev.orrery.embedded.host.Ports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * As much of Redis' protocol as it takes to ask a server who it is and to end it. Blocks for at
 * most 2 s per step; for one thread.
 */
final class RedisConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Socket socket = new Socket();

    private final InputStream answers;

    RedisConnection(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            answers = new BufferedInputStream(socket.getInputStream());
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Whether it serves commands; not yet while it reads its file. */
    boolean isReady() throws IOException {
        send("PING");
        return line().equals("+PONG");
    }

    /** One value of what the server tells about itself, such as {@code process_id}. */
    Optional<String> info(String name) throws IOException {
        send("INFO server");
        String header = line();
        if (!header.startsWith("$")) {
            return Optional.empty();
        }
        byte[] text = answers.readNBytes(Integer.parseInt(header.substring(1)) + 2);
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst();
    }

    /** Asks it to write everything and end; it answers by closing the connection. */
    void shutDown() throws IOException {
        send("SHUTDOWN");
    }

    private void send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("connection closed");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
