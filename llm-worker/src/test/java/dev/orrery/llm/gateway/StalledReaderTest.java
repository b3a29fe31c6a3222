package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.scripted.Script;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody holds a connection, an answer or a provider's call by not reading. */
class StalledReaderTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private final RunningGateway gateway =
            new RunningGateway("stalled-reader=" + LIMIT.toMillis() + "ms");

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void cutsAReaderOffThatHasStoppedReadingAndBreaksItsCallOff() throws IOException {
        // given
        var pieces = Collections.nCopies(900, "0123456789").toArray(String[]::new);
        var model = gateway.model("openai", Script.nothing().text(pieces).silence());
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(RunningGateway.SOCKET_BYTES);
            socket.connect(new InetSocketAddress("127.0.0.1", gateway.uri("/").getPort()));

            // when
            socket.getOutputStream().write(request(Asks.streamed("")));

            // then
            await().until(() -> model.cancelled() == 1);
            await().until(() -> gateway.counted("client_gone") == 1);
        }
    }

    @Test
    void waitsWithAReaderForWhomNothingIsThere() {
        // given
        gateway.model(
                "openai",
                Script.nothing()
                        .text("A good ")
                        .pause(LIMIT.multipliedBy(3))
                        .text("angle.")
                        .finish(FinishReason.STOP));

        // when
        var answer = gateway.post(Asks.streamed(""));

        // then
        assertThat(answer.events()).last().isEqualTo("[DONE]");
    }

    private static byte[] request(String body) {
        return """
        POST /v1/generate/ HTTP/1.1\r
        Host: gateway\r
        Authorization: jwt %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
                .formatted(Tokens.of("tests"), body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
