package dev.orrery.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that hides nothing: it sees each chunk of a body as it was sent, and how the connection
 * ended.
 */
final class RawCall implements AutoCloseable {

    private static final int LONGEST_READ_MILLIS = 20_000;

    /** How the body ended. */
    enum End {
        COMPLETE,
        CUT,
        RESET
    }

    /** An answer to its end. */
    record Heard(int status, Map<String, String> headers, List<byte[]> packets, End end) {

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            packets.forEach(all::writeBytes);
            return all.toByteArray();
        }
    }

    private final Socket socket;

    private final InputStream in;

    private int status;

    private final Map<String, String> headers = new LinkedHashMap<>();

    private RawCall(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LONGEST_READ_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawCall post(Simulator simulator, String path, String body, String... moreHeaders)
            throws IOException {
        return send(simulator, "POST", path, body, moreHeaders);
    }

    static RawCall send(
            Simulator simulator, String method, String path, String body, String... moreHeaders)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + path + " HTTP/1.1");
        lines.add("host: 127.0.0.1");
        lines.add("content-type: application/json");
        lines.add("content-length: " + bytes.length);
        lines.addAll(Arrays.asList(moreHeaders));
        String head = String.join("\r\n", lines) + "\r\n\r\n";
        RawCall call = new RawCall(simulator.port());
        call.socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        call.socket.getOutputStream().write(bytes);
        return call;
    }

    /** Reads status and headers; false if the connection ended before them. */
    boolean readHead() throws IOException {
        String line = line();
        if (line == null) {
            return false;
        }
        status = Integer.parseInt(line.split(" ")[1]);
        for (String next = line(); next != null && !next.isEmpty(); next = line()) {
            int colon = next.indexOf(':');
            headers.put(
                    next.substring(0, colon).toLowerCase(Locale.ROOT),
                    next.substring(colon + 1).strip());
        }
        return true;
    }

    int status() {
        return status;
    }

    /** One chunk of the body; null after the last one. */
    byte @Nullable [] readChunk() throws IOException {
        String size = line();
        if (size == null) {
            throw new EOFException("cut between two chunks");
        }
        byte[] chunk = exactly(Integer.parseInt(size, 16));
        line();
        return chunk.length == 0 ? null : chunk;
    }

    Heard readAll() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        End end = End.COMPLETE;
        try {
            if (!readHead()) {
                end = End.CUT;
            } else if (headers.containsKey("content-length")) {
                end = readSized(Integer.parseInt(headers.get("content-length")), packets);
            } else {
                for (byte[] chunk = readChunk(); chunk != null; chunk = readChunk()) {
                    packets.add(chunk);
                }
            }
        } catch (EOFException cut) {
            end = End.CUT;
        } catch (SocketException reset) {
            end = End.RESET;
        }
        return new Heard(status, Map.copyOf(headers), packets, end);
    }

    private End readSized(int length, List<byte[]> packets) throws IOException {
        byte[] body = in.readNBytes(length);
        packets.add(body);
        return body.length == length ? End.COMPLETE : End.CUT;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("cut in a chunk");
        }
        return bytes;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
