package dev.orrery.embedded.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir Path directory;

    @Test
    void namesTheProcessThatHoldsTheDirectory() throws Exception {
        // given
        try (ChildJvm child = ChildJvm.running(Child.class, directory)) {

            // when
            var attempt = assertThatThrownBy(() -> DirectoryLock.take(directory));

            // then
            attempt.isInstanceOf(DirectoryTaken.class)
                    .hasMessage(
                            "%s is in use by process %d: stop that one first, or choose another data directory",
                            directory, child.processId());
        }
    }

    @Test
    void staysHeldWhenThisProcessAsksForItASecondTime() throws Exception {
        // given
        Path again = directory.resolve("..").resolve(directory.getFileName());
        try (DirectoryLock first = DirectoryLock.take(directory)) {
            assertThatThrownBy(() -> DirectoryLock.take(again))
                    .isInstanceOf(DirectoryTaken.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());

            // when
            int exit = ChildJvm.ending(Asking.class, directory);

            // then
            assertThat(exit).isNotZero();
            assertThat(first).isNotNull();
        }
    }

    @Test
    void staysHeldUnderTheNameThatTheDirectoryGoesOnBy() throws Exception {
        // given
        Path old = Files.createDirectory(directory.resolve("old"));
        Path renamed = directory.resolve("renamed");
        try (DirectoryLock first = DirectoryLock.take(old)) {
            Files.move(old, renamed);

            // when
            var second = DirectoryLock.tryTake(renamed);

            // then
            assertThat(second).isNull();
            assertThat(ChildJvm.ending(Asking.class, renamed)).isNotZero();
            assertThat(first).isNotNull();
        }
    }

    @Test
    void isFreeAgainWhenItsHolderWasKilled() throws Exception {
        // given
        try (ChildJvm child = ChildJvm.running(Child.class, directory)) {
            child.kill();
        }

        // when
        try (DirectoryLock lock = DirectoryLock.tryTake(directory)) {

            // then
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void isFreeAgainWhenItWasGivenBack() {
        // given
        DirectoryLock.take(directory).close();

        // when
        try (DirectoryLock again = DirectoryLock.tryTake(directory)) {

            // then
            assertThat(again).isNotNull();
            assertThat(DirectoryLock.tryTake(directory)).isNull();
        }
    }

    /** Ends well when it could take the directory given as its argument. */
    public static final class Asking {

        public static void main(String[] arguments) {
            DirectoryLock.take(Path.of(arguments[0])).close();
        }
    }

    /** Holds the directory given as its argument until it is killed. */
    public static final class Child {

        public static void main(String[] arguments) throws IOException {
            try (DirectoryLock lock = DirectoryLock.take(Path.of(arguments[0]))) {
                ChildJvm.serveUntilKilled(0);
            }
        }
    }
}
