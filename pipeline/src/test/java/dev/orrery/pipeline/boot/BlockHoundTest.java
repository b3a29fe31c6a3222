package dev.orrery.pipeline.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Whether BlockHound watches at all: every other test relies on it. */
class BlockHoundTest {

    @Test
    void seesABlockingCallWhereNothingMayBlock() {
        // given
        var planted =
                Mono.fromCallable(
                                () -> {
                                    Thread.sleep(1);
                                    return true;
                                })
                        .subscribeOn(Schedulers.parallel());

        // when / then
        assertThatThrownBy(() -> planted.block(Duration.ofSeconds(10)))
                .hasCauseInstanceOf(BlockingOperationError.class);
    }
}
