package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.events.CacheLayer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When an answer is asked for anew, and what stands in for one that cannot be had. */
class FactCacheFreshnessTest extends AskedNote {

    @Test
    void asksAgainWhenTheAnswerIsOver() {
        // given
        var replica = replica();
        find(replica);
        clock.goOn(HOUR);
        service.answers("later", clock.instant().plus(HOUR));

        // when
        var found = find(replica);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(found.document().text()).isEqualTo("later");
        assertThat(find(replica()).document().text()).isEqualTo("later");
    }

    @Test
    void usesAStaleAnswerWhenTheSourceFails() {
        // given
        find(replica());
        clock.goOn(HOUR.plusMinutes(1));
        service.fails(new SourceFailure.Failing(500));
        var another = replica();

        // when
        var found = find(another);

        // then
        assertThat(found.fresh()).isFalse();
        assertThat(found.document().text()).isEqualTo("hello");
        assertThat(found.fetchedAt()).isEqualTo(NOW);
        assertThat(found.layer()).isEqualTo(CacheLayer.REDIS);
    }

    @Test
    void usesNoAnswerThatIsTooOld() {
        // given
        find(replica());
        clock.goOn(HOUR.plus(Temper.MAX_STALE).plusMillis(1));
        service.fails(new SourceFailure.Failing(500));

        // when
        var asking = service.calls();
        Runnable find = () -> find(replica());

        // then
        assertThatThrownBy(find::run).isInstanceOf(SourceFailure.Failing.class);
        assertThat(service.calls()).isEqualTo(asking + 1);
    }

    @Test
    void remembersAFailureForAWhile() {
        // given
        var replica = replica();
        service.fails(new SourceFailure.InvalidAnswer("something"));
        assertThatThrownBy(() -> find(replica)).isInstanceOf(SourceFailure.InvalidAnswer.class);
        service.answers("hello again", NOW.plus(HOUR));

        // when
        Runnable again = () -> find(replica);

        // then
        assertThatThrownBy(again::run).isInstanceOf(SourceFailure.InvalidAnswer.class);
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void asksAgainWhenAFailureIsForgotten() {
        // given
        var forgetful = replica(Temper.USUAL.withFailureMemory(Duration.ofMillis(50)));
        service.fails(new SourceFailure.InvalidAnswer("something"));
        assertThatThrownBy(() -> find(forgetful)).isInstanceOf(SourceFailure.InvalidAnswer.class);

        // when
        service.answers("hello again", NOW.plus(HOUR));

        // then
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(find(forgetful).document().text()).isEqualTo("hello again"));
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void losesPatienceWithASourceThatDoesNotAnswer() {
        // given
        service.holdBack();
        var impatient = replica(Temper.USUAL.withPatience(Duration.ofMillis(100)));

        // when
        Runnable find = () -> find(impatient);

        // then
        assertThatThrownBy(find::run)
                .isInstanceOfSatisfying(
                        SourceFailure.TimedOut.class,
                        failure -> assertThat(failure.code()).isEqualTo("timed_out"));
    }

    @Test
    void keepsAnAnswerForAMinuteThoughItIsOverAsItComes() {
        // given
        var replica = replica();
        service.answers("yesterday", NOW.minus(HOUR));
        find(replica);

        // when
        var found = find(replica);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(found.freshUntil()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void usesAnAnswerWithinItsGraceAtOnceAndFetchesANewerOneBehind() {
        // given
        var replica = replica(Temper.USUAL.withGrace(HOUR));
        find(replica);
        clock.goOn(HOUR.plusMinutes(1));
        service.answers("newer", clock.instant().plus(HOUR));
        var release = service.holdBack();

        // when
        var found = find(replica);

        // then
        assertThat(found.document().text()).isEqualTo("hello");
        assertThat(found.fresh()).isFalse();
        assertThat(find(replica).document().text()).as("nobody waits").isEqualTo("hello");
        release.tryEmitEmpty();
        await().untilAsserted(() -> assertThat(find(replica).document().text()).isEqualTo("newer"));
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void waitsForANewerAnswerWhenTheGraceIsOver() {
        // given
        var replica = replica(Temper.USUAL.withGrace(HOUR));
        find(replica);
        clock.goOn(HOUR.multipliedBy(2));
        service.answers("newer", clock.instant().plus(HOUR));

        // when
        var found = find(replica);

        // then
        assertThat(found.document().text()).isEqualTo("newer");
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
    }

    @Test
    void goesOnUsingAnAnswerWithinItsGraceThatCannotBeRenewed() {
        // given
        var replica = replica(Temper.USUAL.withGrace(HOUR));
        find(replica);
        clock.goOn(HOUR.plusMinutes(1));
        service.fails(new SourceFailure.Failing(500));
        find(replica);
        await().until(() -> service.calls() == 2);

        // when
        var found = find(replica);

        // then
        assertThat(found.document().text()).isEqualTo("hello");
        assertThat(service.calls()).as("the failure is remembered").isEqualTo(2);
    }
}
