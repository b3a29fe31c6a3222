package dev.orrery.llm.testing;

import static dev.orrery.llm.testing.AdapterBench.MARKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

/**
 * What every adapter promises of answers that are not streamed: the same as of streams. {@link
 * AdapterBench} has what is asked of it here.
 */
public interface WholeAnswerContract {

    PlayedProvider provider();

    ChatModel model();

    PlayedAnswer answering(String... texts);

    PlayedAnswer whole(String text);

    PlayedAnswer wholeWithoutEnd(String text);

    PlayedAnswer brokenWhole();

    Heard hear(PlayedAnswer answer);

    Heard hearWhole(PlayedAnswer answer);

    @Test
    default void tellsAWholeAnswerAsItWouldTellAStream() {
        // given
        var streamed = hear(answering("Good ", "morning"));

        // when
        var heard = hearWhole(whole("Good morning"));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Good morning").isEqualTo(streamed.text());
        assertThat(heard.finishes())
                .containsExactly(FinishReason.STOP)
                .isEqualTo(streamed.finishes());
        assertThat(heard.usage()).isNotNull().isEqualTo(streamed.usage());
    }

    @Test
    default void readsAWholeAnswerHoweverItIsPackaged() {
        // when
        var heard = hearWhole(whole("नमस्ते 🙏é").byteByByte());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("नमस्ते 🙏é");
    }

    @Test
    default void readsAWholeAnswerWithoutBlocking() {
        // given: BlockHound watches the threads of this scheduler
        provider().playing(whole("Hi"));

        // when
        var stream = model().stream(Prompts.whole("model-1"));
        var heard = Heard.of(stream.subscribeOn(Schedulers.parallel()));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Hi");
    }

    @Test
    default void usesAConnectionAgainAfterAWholeAnswer() {
        // given
        provider().playing(whole("Hi"));
        var model = model();

        // when
        for (int i = 0; i < 3; i++) {
            assertThat(Heard.of(model.stream(Prompts.whole("model-1"))).text()).isEqualTo("Hi");
        }

        // then
        assertThat(provider().connections()).isEqualTo(1);
    }

    @Test
    default void neverCallsAWholeAnswerFinishedThatDoesNotSaySo() {
        // when
        var heard = hearWhole(wholeWithoutEnd("Once"));

        // then: without a finish the chain takes it for a failure
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    default void failsWhenAWholeAnswerIsCut() {
        // when
        var heard = hearWhole(whole("Once upon a time").cutInHalf());

        // then: the client of AWS tells a cut from an end by what it reads only
        assertThat(heard.failure())
                .isInstanceOfAny(
                        ModelFailure.TruncatedStream.class, ModelFailure.MalformedResponse.class);
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    default void failsOnAWholeAnswerThatIsNone() {
        // when
        var heard = hearWhole(brokenWhole());

        // then
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.MalformedResponse.class)
                .message()
                .doesNotContain(MARKER);
    }

    @Test
    default void failsOnAPageInPlaceOfAWholeAnswer() {
        // when
        var heard = hearWhole(PlayedAnswer.of(200, "text/html", "<html>" + MARKER + "</html>"));

        // then
        assertThat(heard.failure())
                .isExactlyInstanceOf(ModelFailure.MalformedResponse.class)
                .message()
                .doesNotContain(MARKER);
    }

    @Test
    default void failsOnAWholeAnswerAboveItsBound() {
        // when
        var heard = hearWhole(whole("x".repeat(20 * 1024)));

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.MalformedResponse.class);
        assertThat(heard.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, rejected_input",
        "401, unauthorised",
        "402, quota_exhausted",
        "403, unauthorised",
        "404, unauthorised",
        "408, server_error",
        "429, rate_limited",
        "500, server_error",
        "503, overloaded",
        "529, overloaded"
    })
    default void tellsFailuresOfWholeAnswersByStatus(int status, String code) {
        // given
        var answer = PlayedAnswer.of(status, "text/html", "<html>" + MARKER + "</html>");

        // when
        var heard = hearWhole(answer.with("retry-after", "7"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code))
                .message()
                .doesNotContain(MARKER);
        assertThat(provider().asked()).hasSize(1);
    }

    @Test
    default void passesTheProvidersWishToBeLeftAloneOnInsteadOfAWholeAnswer() {
        // when
        var heard = hearWhole(PlayedAnswer.of(429, "text/plain", MARKER).with("retry-after", "7"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    default void followsNoRedirectToAWholeAnswer() {
        // given
        var elsewhere =
                PlayedAnswer.of(302, "text/plain", MARKER)
                        .with("location", provider().url() + "/elsewhere");

        // when
        var heard = hearWhole(elsewhere);

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.MalformedResponse.class);
        assertThat(provider().asked()).hasSize(1);
    }

    @Test
    default void closesTheConnectionOfAWholeAnswerThatIsCancelled() {
        // given
        provider().playing(wholeWithoutEnd("Once ").thenSilence());
        var call = model().stream(Prompts.whole("model-1")).subscribe();
        await().until(() -> provider().asked().size() == 1);

        // when
        call.dispose();

        // then
        await().untilAsserted(() -> assertThat(provider().brokenOff()).isEqualTo(1));
    }
}
