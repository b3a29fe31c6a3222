package dev.orrery.embedded.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesTheTakenPortAndWhoWantedIt() throws IOException {
        // given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
            int port = other.getLocalPort();

            // when
            var demand = assertThatThrownBy(() -> Ports.require(port, "Kafka"));

            // then
            demand.isInstanceOf(PortTaken.class)
                    .hasMessage(
                            "port %d is taken, and Kafka wants it: stop what listens there, or choose another port",
                            port);
        }
    }

    @Test
    void seesAPortThatIsTakenOnAllAddresses() throws IOException {
        // given
        try (ServerSocket other = new ServerSocket(0)) {

            // when
            var demand = assertThatThrownBy(() -> Ports.require(other.getLocalPort(), "Kafka"));

            // then
            demand.isInstanceOf(PortTaken.class);
        }
    }

    @Test
    void refusesANumberThatIsNoPort() {
        // given
        int tooLarge = 65_536;

        // when
        var demand = assertThatThrownBy(() -> Ports.require(tooLarge, "Kafka"));

        // then
        demand.isInstanceOf(StartFailed.class)
                .hasMessage("port of Kafka: 65536 (expected: 1 to 65535)");
    }

    @Test
    void findsDistinctFreePortsBelowThoseOfOutgoingConnections() {
        // given
        int count = 50;

        // when
        var ports = Ports.free(count);

        // then
        assertThat(ports)
                .hasSize(count)
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 20_000 && port < 32_000);
        assertThatCode(() -> Ports.require(ports.getFirst(), "Kafka")).doesNotThrowAnyException();
    }
}
