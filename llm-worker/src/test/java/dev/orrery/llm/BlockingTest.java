package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every other test here is also a test that nothing blocks, as long as this one passes. */
class BlockingTest {

    @Test
    void isNoticedOnThreadsThatMustNotBlock() {
        // given
        var blocking =
                Mono.fromRunnable(() -> LockSupport.parkNanos(Duration.ofMillis(1).toNanos()))
                        .subscribeOn(Schedulers.parallel());

        // when / then
        assertThatThrownBy(() -> blocking.block(Duration.ofSeconds(10)))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
    }
}
