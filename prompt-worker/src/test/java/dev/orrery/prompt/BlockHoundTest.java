package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The other tests prove that nothing blocks an event loop, as long as this one holds. */
class BlockHoundTest {

    @Test
    void catchesACallThatBlocksAnEventLoop() {
        // given
        var blocking =
                Mono.fromCallable(
                                () -> {
                                    Thread.sleep(1);
                                    return true;
                                })
                        .subscribeOn(Schedulers.parallel());

        // when
        Runnable run = () -> blocking.block(Duration.ofSeconds(10));

        // then
        assertThatThrownBy(run::run).hasCauseInstanceOf(BlockingOperationError.class);
    }
}
