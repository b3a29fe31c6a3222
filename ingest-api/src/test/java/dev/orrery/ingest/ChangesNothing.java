package dev.orrery.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.RunningDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests after each of which everything has to be as it was before. */
abstract class ChangesNothing {

    final RunningDoor door;
    private String before = "";

    ChangesNothing(RunningDoor door) {
        this.door = door;
    }

    @BeforeEach
    void rememberEverything() {
        before = door.fingerprint();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(door.fingerprint()).isEqualTo(before);
    }
}
