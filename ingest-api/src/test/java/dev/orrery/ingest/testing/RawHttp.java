package dev.orrery.ingest.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;

/** Speaks HTTP/1.1 by hand: says what no client library would let us say. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader reader;

    /**
     * @param receiveBuffer bytes that may wait unread on this side
     */
    public RawHttp(RunningDoor door, int receiveBuffer) {
        try {
            socket.setReceiveBufferSize(receiveBuffer);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()));
            this.reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One request, given as head and body, and its answer. */
    public static Answer exchange(RunningDoor door, String head, String body) {
        try (var http = new RawHttp(door, 64 * 1024)) {
            http.say(head + "Host: door\r\nConnection: close\r\n\r\n" + body);
            return http.answer();
        }
    }

    public void say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next line, without its end; waits for it. */
    public String line() {
        try {
            return String.valueOf(reader.readLine());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads whatever still comes; returns when the other side has hung up. */
    public void awaitEnd() {
        try {
            reader.skip(Long.MAX_VALUE);
        } catch (SocketTimeoutException open) {
            throw new AssertionError("still connected", open);
        } catch (IOException reset) {
            // a rude end is one
        }
    }

    private Answer answer() {
        int status = Integer.parseInt(line().split(" ")[1]);
        var headers = new HttpHeaders();
        for (var line = line(); !line.isEmpty(); line = line()) {
            headers.add(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        var body = new char[Math.toIntExact(Math.max(0, headers.getContentLength()))];
        int read = 0;
        try {
            while (read < body.length) {
                read += Math.max(1, reader.read(body, read, body.length - read));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Answer(status, headers, new String(body));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
