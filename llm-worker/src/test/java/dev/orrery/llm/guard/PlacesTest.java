package dev.orrery.llm.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No more calls at once than a provider can take, and none of them waits. */
class PlacesTest {

    private static final Call OPENAI = Calls.of("openai");
    private static final Call GROQ = Calls.of("groq");
    private static final Duration SWIFT = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Calls calls =
            new Calls(new Places(new ConcurrencySettings(10, 2, 40), time.ticker(), meters));

    @Test
    void refusesACallThatFindsNoPlace() {
        // given
        begin(10, OPENAI);

        // when
        var refusal = calls.refusal(OPENAI);

        // then
        assertThat(refusal).isEqualTo(Reason.OVERLOADED);
        assertThat(calls.refusal(GROQ)).isNull();
        assertThat(gauge("orrery.llm.in.flight")).isEqualTo(10);
    }

    @Test
    void givesServersThatRequestsNamePlacesOfTheirOwnThoughTheyShareAGauge() {
        // given
        var one = Calls.of("openai@http://127.0.0.1:9001/v1");
        var other = Calls.of("openai@http://127.0.0.1:9002/v1");
        begin(10, one);

        // when
        begin(3, other);

        // then
        assertThat(calls.refusal(one)).isEqualTo(Reason.OVERLOADED);
        assertThat(calls.refusal(OPENAI)).isNull();
        assertThat(meters.get("orrery.llm.in.flight").tag("provider", "openai@named").gauge())
                .extracting(Gauge::value)
                .isEqualTo(13.0);
        assertThat(meters.get("orrery.llm.in.flight.limit").tag("provider", "openai@named").gauge())
                .extracting(Gauge::value)
                .isEqualTo(20.0);
    }

    @Test
    void givesAPlaceBackHoweverItsCallEnds() {
        // given
        var open = begin(10, OPENAI);

        // when
        open.get(0).answer();
        open.get(1).fail(new ModelFailure.ServerError("status 500", null));
        open.get(2).cancel();

        // then
        begin(3, OPENAI);
        assertThat(calls.refusal(OPENAI)).isEqualTo(Reason.OVERLOADED);
    }

    @Test
    void grantsMoreWhileFirstTokensComeInTime() {
        // when
        rounds(20, SWIFT);

        // then
        assertThat(limit()).isGreaterThan(10);
    }

    @Test
    void grantsLessWhenFirstTokensComeLate() {
        // given
        rounds(20, SWIFT);
        var before = limit();

        // when
        rounds(3, SLOW);

        // then
        assertThat(limit()).isLessThan(before / 2);
    }

    @Test
    void grantsLessWhenTheProviderSaysThatItIsTooMuch() {
        // given
        rounds(1, SWIFT);
        var before = limit();

        // when
        calls.fail(10, OPENAI, new ModelFailure.RateLimited("status 429", null));

        // then
        assertThat(limit()).isLessThan(before);
    }

    @Test
    void grantsNeverLessThanTheLeast() {
        // given
        rounds(5, SWIFT);

        // when
        calls.fail(500, OPENAI, new ModelFailure.Overloaded("status 503", null));

        // then
        assertThat(limit()).isGreaterThanOrEqualTo(2);
        begin(2, OPENAI);
    }

    @Test
    void doesNotTakeAFailedQuestionForLoad() {
        // given
        rounds(1, SWIFT);
        var before = limit();

        // when
        calls.fail(50, OPENAI, new ModelFailure.RejectedInput("status 400"));

        // then
        assertThat(limit()).isEqualTo(before);
    }

    @Test
    void doesNotTakeForLoadThatACallerWaitsLessThanUsual() {
        // given
        rounds(1, SWIFT);
        var before = limit();
        var millisecond = Duration.ofMillis(1);
        var hurried = new Limits(millisecond, millisecond, millisecond, millisecond);

        // when
        calls.fail(50, Calls.of(hurried), new TimedOut(TimedOut.Limit.FIRST_TOKEN));

        // then
        assertThat(limit()).isEqualTo(before);
    }

    @Test
    void forgetsAServerThatNobodyHasAskedForLong() {
        // given
        calls.begin(Calls.of("openai@http://127.0.0.1:9001/v1")).answer();

        // when
        time.advance(Duration.ofDays(1));
        calls.begin(OPENAI).answer();

        // then
        assertThat(meters.find("orrery.llm.in.flight").tag("provider", "openai@named").gauge())
                .isNull();
        assertThat(gauge("orrery.llm.in.flight")).isZero();
    }

    /** Fills all places again and again, with calls whose first token comes after this time. */
    private void rounds(int count, Duration firstToken) {
        for (int i = 0; i < count; i++) {
            var open = begin((int) limit(), OPENAI);
            time.advance(firstToken);
            open.forEach(call -> call.showText().answer());
        }
    }

    private List<Calls.Open> begin(int count, Call call) {
        var open = new ArrayList<Calls.Open>();
        for (int i = 0; i < count; i++) {
            open.add(calls.begin(call));
        }
        return open;
    }

    private double limit() {
        return meters.find("orrery.llm.in.flight.limit").tag("provider", "openai").gauge() == null
                ? 10
                : gauge("orrery.llm.in.flight.limit");
    }

    private double gauge(String name) {
        return meters.get(name).tag("provider", "openai").gauge().value();
    }
}
