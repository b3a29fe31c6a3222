package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No broken stream is passed on as an answer, and no odd one is lost. */
class BrokenStreamsTest {

    private final RecordedChain chain = new RecordedChain();

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void neverPassesABrokenStreamOnAsAnAnswer(Script broken, String result) {
        // given
        chain.script("openai", broken);
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly(result, "answered");
        assertThat(chain.answered().step()).isEqualTo(SECOND);
    }

    static Stream<Object[]> brokenStreams() {
        return Stream.of(
                new Object[] {Script.nothing(), "truncated_stream"},
                new Object[] {Script.nothing().text("Good mor"), "truncated_stream"},
                new Object[] {Script.nothing().text("Good mor").usage(1, 1), "truncated_stream"},
                new Object[] {Script.nothing().finish(FinishReason.STOP), "empty_response"},
                new Object[] {
                    Script.nothing().text(" \n").finish(FinishReason.STOP), "empty_response"
                },
                new Object[] {
                    Script.nothing()
                            .send(new ModelChunk.ReasoningDelta("I think"))
                            .finish(FinishReason.LENGTH),
                    "empty_response"
                },
                new Object[] {
                    Script.nothing().text("Good").finish(FinishReason.ERROR), "server_error"
                },
                new Object[] {
                    Script.nothing().text("Good").finish(FinishReason.FILTERED), "content_filtered"
                },
                new Object[] {
                    Script.answer("x".repeat(RecordedChain.MAX_REPLY_CHARS), "y"),
                    "malformed_response"
                });
    }

    @Test
    void takesAnAnswerThatReachedItsBound() {
        // given
        chain.script("openai", Script.nothing().text("Good day, my").finish(FinishReason.LENGTH));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.answered().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void holdsLeadingWhiteSpaceBackUntilSomethingIsVisible() {
        // given
        chain.script("openai", Script.answer("\n", "\n Good", " day."));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.texts()).containsExactly("\n\n Good", " day.");
    }

    @Test
    void dropsWhatComesAfterTheFinish() {
        // given
        chain.script(
                "openai",
                Script.answer("Good day.").text(" Buy!").finish(FinishReason.ERROR).usage(3, 2));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.texts()).containsExactly("Good day.");
    }

    @Test
    void keepsAnAnswerWhoseConnectionIsCutAfterTheFinish() {
        // given
        chain.script(
                "openai",
                Script.answer("Good day.")
                        .fail(new ModelFailure.TruncatedStream("connection lost", null)));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly("answered");
        assertThat(chain.answered().usage()).isNull();
    }

    @Test
    void takesTheLastStatementOfUsageAndNoneThatCannotBeTrue() {
        // given
        chain.script(
                "openai",
                Script.answer("Good day.").usage(30, 1).usage(30, 4).usage(0, 0).usage(-1, 9));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.answered().usage()).isEqualTo(new ModelChunk.Usage(30, 4, null, null));
    }
}
