package dev.orrery.embedded.testing;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * BlockHound watches the tests of this module: all of them prove that nothing blocks an event loop,
 * as long as this one holds. A module's test class implements it and adds nothing.
 */
public interface BlockHoundContract {

    @Test
    default void catchesASleepWhereNothingMayBlock() {
        // given
        Runnable sleep =
                () -> {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                };

        // when
        var cause = causeOfFailureOf(sleep);

        // then
        assertInstanceOf(BlockingOperationError.class, cause);
    }

    @Test
    default void catchesALockWhereNothingMayBlock() {
        // when
        var cause = causeOfFailureOf(() -> LockSupport.parkNanos(1_000_000));

        // then
        assertInstanceOf(BlockingOperationError.class, cause);
    }

    private static @Nullable Throwable causeOfFailureOf(Runnable blocking) {
        var result = Mono.fromRunnable(blocking).subscribeOn(Schedulers.parallel());
        return assertThrows(RuntimeException.class, () -> result.block(Duration.ofSeconds(10)))
                .getCause();
    }
}
