package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorCommandTest {

    @Test
    void listensOnItsUsualPortUnlessToldAnother() {
        assertThat(SimulatorCommand.port(List.of())).isEqualTo(8086);
        assertThat(SimulatorCommand.port(List.of("--port", "9000"))).isEqualTo(9000);
    }

    @Test
    void showsHelpInsteadOfListening() {
        assertThat(SimulatorCommand.port(List.of("--help"))).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port x", "--port 65536", "--port -1", "--colour"})
    void refusesWhatItDoesNotKnow(String line) {
        assertThatThrownBy(() -> SimulatorCommand.port(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
