package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.Unauthorised;
import dev.orrery.llm.model.ModelFailure.Unauthorised.Refused;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyPoolTest {

    private static final String MODEL = "model-1";
    private static final Duration A_MOMENT = Duration.ofNanos(1);

    private final ManualTime time = new ManualTime();
    private final KeyPool pool = new KeyPool(3, time.ticker());

    @Test
    void letsKeysTakeTurns() {
        // when
        var taken = IntStream.range(0, 6).map(i -> take().orElseThrow()).boxed().toList();

        // then
        assertThat(taken).isEqualTo(List.of(0, 1, 2, 0, 1, 2));
    }

    @Test
    void givesNoKeyTwiceToOneCall() {
        // given
        var tried = new BitSet();
        tried.set(0);
        tried.set(2);

        // when / then
        assertThat(pool.take(MODEL, tried)).hasValue(1);
        tried.set(1);
        assertThat(pool.take(MODEL, tried)).isEmpty();
    }

    @Test
    void letsALimitedKeyRestAsLongAsTheProviderAsks() {
        // given
        pool.failed(0, MODEL, limited(Duration.ofSeconds(7)));

        // when
        time.advance(Duration.ofSeconds(7).minus(A_MOMENT));

        // then
        assertThat(usable()).containsExactly(1, 2);
        time.advance(A_MOMENT);
        assertThat(usable()).containsExactly(0, 1, 2);
    }

    @Test
    void letsAKeyRestLongerEachTimeUpToAMinute() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            // when
            assertThat(pool.failed(0, MODEL, limited(null))).isTrue();

            // then
            time.advance(Duration.ofSeconds(seconds).minus(A_MOMENT));
            assertThat(usable()).containsExactly(1, 2);
            time.advance(A_MOMENT);
            assertThat(usable()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void beginsWithAShortRestAgainOnceAKeyHasWorked() {
        // given
        for (int i = 0; i < 4; i++) {
            pool.failed(0, MODEL, limited(null));
            time.advance(KeyPool.LONGEST_REST);
        }
        pool.worked(0, MODEL);

        // when
        pool.failed(0, MODEL, limited(null));

        // then
        time.advance(KeyPool.SHORTEST_REST);
        assertThat(usable()).containsExactly(0, 1, 2);
    }

    @Test
    void takesManyCallsThatFailAtOnceForOneReasonToRest() {
        // when
        for (int i = 0; i < 50; i++) {
            pool.failed(0, MODEL, limited(null));
        }

        // then
        time.advance(KeyPool.SHORTEST_REST);
        assertThat(usable()).containsExactly(0, 1, 2);
    }

    @Test
    void doesNotEndARestForACallThatHadBegunBefore() {
        // given
        pool.failed(0, MODEL, limited(Duration.ofSeconds(7)));

        // when
        pool.worked(0, MODEL);

        // then
        assertThat(usable()).containsExactly(1, 2);
    }

    @Test
    void letsAKeyWhoseMoneyIsGoneRest() {
        // when
        boolean anotherMayDoBetter =
                pool.failed(0, MODEL, new ModelFailure.QuotaExhausted("status 402"));

        // then
        assertThat(anotherMayDoBetter).isTrue();
        assertThat(usable()).containsExactly(1, 2);
    }

    @Test
    void putsARefusedKeyAwayForAllModels() {
        // when
        boolean anotherMayDoBetter = pool.failed(0, MODEL, refused(Refused.KEY));

        // then
        assertThat(anotherMayDoBetter).isTrue();
        assertThat(usable()).containsExactly(1, 2);
        assertThat(usable("model-2")).containsExactly(1, 2);
        time.advance(KeyPool.REST_OF_REFUSED);
        assertThat(usable()).containsExactly(0, 1, 2);
    }

    @Test
    void keepsAKeyForOtherModelsThatMayNotBeUsedForOne() {
        // when
        pool.failed(0, MODEL, refused(Refused.ACCESS));
        pool.failed(1, MODEL, limited(null));

        // then
        assertThat(usable()).containsExactly(2);
        assertThat(usable("model-2")).containsExactly(0, 1, 2);
    }

    @Test
    void blamesNoKeyForWhatIsNotItsFault() {
        for (var failure :
                List.of(
                        refused(Refused.TARGET),
                        new ModelFailure.ServerError("status 500", Duration.ofSeconds(7)),
                        new ModelFailure.Overloaded("status 503", null),
                        new ModelFailure.RejectedInput("status 400"),
                        new ModelFailure.ConnectionFailed("no response", null))) {
            // when / then
            assertThat(pool.failed(0, MODEL, failure)).isFalse();
        }
        assertThat(usable()).containsExactly(0, 1, 2);
    }

    @Test
    void tellsTheShortestWait() {
        // given
        pool.failed(0, MODEL, limited(Duration.ofSeconds(7)));
        pool.failed(1, MODEL, limited(Duration.ofSeconds(5)));
        pool.failed(2, MODEL, refused(Refused.KEY));

        // when
        time.advance(Duration.ofSeconds(2));

        // then
        assertThat(pool.shortestWait(MODEL)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void remembersABoundedNumberOfModels() {
        // when
        for (int i = 0; i < 1000; i++) {
            pool.failed(0, "model-" + i, limited(Duration.ofHours(1)));
        }

        // then
        assertThat(usable("model-0")).containsExactly(0, 1, 2);
        assertThat(usable("model-999")).containsExactly(1, 2);
    }

    private OptionalInt take() {
        return pool.take(MODEL, new BitSet());
    }

    private List<Integer> usable() {
        return usable(MODEL);
    }

    private List<Integer> usable(String model) {
        var tried = new BitSet();
        for (var key = pool.take(model, tried); key.isPresent(); key = pool.take(model, tried)) {
            tried.set(key.getAsInt());
        }
        return tried.stream().boxed().toList();
    }

    private static ModelFailure limited(@Nullable Duration retryAfter) {
        return new ModelFailure.RateLimited("status 429", retryAfter);
    }

    private static ModelFailure refused(Refused what) {
        return new Unauthorised("refused", what);
    }
}
