package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who opens a connection and does not ask for anything has it for a while only. */
class SlowHeadTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /v1/generate/ HTTP/1.1\r\nAuthor"})
    void isCutOff(String beginning) throws IOException {
        // given
        try (var gateway = new RunningGateway("idle=100ms");
                var socket = new Socket("127.0.0.1", gateway.uri("/").getPort())) {
            socket.setSoTimeout((int) RunningGateway.PATIENCE.toMillis());
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));

            // when
            int next = socket.getInputStream().read();

            // then
            assertThat(next).isEqualTo(-1);
        }
    }
}
