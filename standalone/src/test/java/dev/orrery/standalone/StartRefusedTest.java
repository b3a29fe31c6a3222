package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.host.PortTaken;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that cannot succeed says why before it has begun, and leaves others alone. */
class StartRefusedTest {

    private static final PortRange PORTS = new PortRange(23_080);

    @TempDir private Path data;

    @ParameterizedTest
    @CsvSource({
        "23080, ingest-api",
        "23081, enrichment-worker",
        "23082, prompt-worker",
        "23083, llm-worker",
        "23084, billing-worker",
        "23086, the simulator"
    })
    void namesTheTakenPortAndWhoWantsIt(int port, String who) throws Exception {
        // given
        try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();

            // when
            assertThatThrownBy(this::start)

                    // then
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining(who);
        }
    }

    @Test
    void leavesTheVariablesOfARunningInstallationAlone() throws Exception {
        // given
        var running = Files.writeString(data.resolve("demo.env"), "ORRERY_URL='here'\n");
        try (var taken = new ServerSocket(PORTS.edge(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();

            // when
            assertThatThrownBy(this::start).isInstanceOf(PortTaken.class);
        }

        // then
        assertThat(running).hasContent("ORRERY_URL='here'");
    }

    private void start() throws Exception {
        var silent = new StartProgress(new PrintStream(PrintStream.nullOutputStream()), true);
        Orrery.start(new Settings(data, PORTS, Map.of()), Clock.systemUTC(), silent).close();
    }
}
