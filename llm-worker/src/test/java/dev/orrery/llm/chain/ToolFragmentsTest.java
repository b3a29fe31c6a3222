package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls for tools are an answer where tools were offered, and nowhere else. */
class ToolFragmentsTest {

    private static final ModelChunk.ToolFragment FRAGMENT =
            new ModelChunk.ToolFragment(0, "c-1", "chart", "{}");
    private static final Script CALL =
            Script.nothing().send(FRAGMENT).finish(FinishReason.TOOL).usage(30, 4);

    private final RecordedChain chain = new RecordedChain();

    @Test
    void passesThemOnAsTheyCome() {
        // given
        chain.script("openai", CALL);

        // when
        chain.run(offering(PRIMARY, SECOND));

        // then
        assertThat(chain.events())
                .startsWith(
                        new ChainEvent.CallBegan(1, PRIMARY, false),
                        new ChainEvent.ToolFragment(FRAGMENT));
        assertThat(chain.answered().finishReason()).isEqualTo(FinishReason.TOOL);
        assertThat(chain.results()).containsExactly("answered");
    }

    /** OpenAI says so itself, where the call was asked for by name. */
    @Test
    void areTheReasonToStopWhateverTheProviderSays() {
        // given
        chain.script("openai", Script.nothing().send(FRAGMENT).finish(FinishReason.STOP));

        // when
        chain.run(offering(PRIMARY));

        // then
        assertThat(chain.answered().finishReason()).isEqualTo(FinishReason.TOOL);
    }

    @Test
    void areNoReasonToStopWhereNoToolWasOffered() {
        // given
        chain.script(
                "openai", Script.nothing().text("Hello.").send(FRAGMENT).finish(FinishReason.TOOL));

        // when
        chain.run(request(PRIMARY));

        // then
        assertThat(chain.answered().finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void takesThemForNoAnswerWhereNoToolWasOffered() {
        // given
        chain.script("openai", CALL);
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(chain.events()).doesNotHaveAnyElementsOfTypes(ChainEvent.ToolFragment.class);
        assertThat(chain.calls())
                .extracting(ChainEvent.CallBegan::startsOver)
                .containsExactly(false, false);
        assertThat(chain.results()).containsExactly("empty_response", "answered");
    }

    @Test
    void startsOverWhenACallBreaksOffThatHasShownOne() {
        // given
        chain.script(
                "openai",
                Script.nothing().send(FRAGMENT).fail(new ModelFailure.ServerError("500", null)));
        chain.script("groq", Script.answer("Hello."));

        // when
        chain.run(offering(PRIMARY, SECOND));

        // then
        assertThat(chain.events()).contains(new ChainEvent.CallBegan(2, SECOND, true));
    }

    @Test
    void takesThemForAFirstToken() {
        // given
        var slow =
                Script.nothing()
                        .pause(Duration.ofSeconds(9))
                        .send(FRAGMENT)
                        .pause(Duration.ofSeconds(4))
                        .finish(FinishReason.TOOL);
        chain.script("openai", slow);

        // when
        chain.run(offering(PRIMARY));
        chain.advance(Duration.ofSeconds(13));

        // then
        assertThat(chain.answered().calls().getFirst().firstTokenMillis()).isEqualTo(9_000);
    }

    @Test
    void holdsWhiteSpaceBackThoughACallForAToolWasShown() {
        // given
        chain.script(
                "openai",
                Script.nothing().send(FRAGMENT).text("\n", "Wait.").finish(FinishReason.TOOL));

        // when
        chain.run(offering(PRIMARY));

        // then
        assertThat(chain.texts()).containsExactly("\nWait.");
    }

    @Test
    void takesAnEmptyPieceForNothing() {
        // given
        var empty = new ModelChunk.ToolFragment(0, null, null, "");
        chain.script("openai", Script.nothing().send(empty).finish(FinishReason.TOOL));
        chain.script("groq", CALL);

        // when
        chain.run(offering(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly("empty_response", "answered");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 128, Integer.MAX_VALUE})
    void refusesMoreCallsThanAnybodyCanAnswer(int index) {
        // given
        chain.script(
                "openai", Script.nothing().send(new ModelChunk.ToolFragment(index, "c", "t", "")));
        chain.script("groq", CALL);

        // when
        chain.run(offering(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly("malformed_response", "answered");
    }

    @Test
    void refusesArgumentsThatNeverEnd() {
        // given
        var endless = "x".repeat(RecordedChain.MAX_REPLY_CHARS);
        chain.script(
                "openai",
                Script.nothing()
                        .send(FRAGMENT)
                        .send(new ModelChunk.ToolFragment(0, null, null, endless)));
        chain.script("groq", CALL);

        // when
        chain.run(offering(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly("malformed_response", "answered");
    }

    private static ChainRequest offering(Step... steps) {
        var plain = request(steps);
        var conversation =
                new Conversation(
                        "Be brief.",
                        plain.conversation().messages(),
                        null,
                        null,
                        null,
                        100,
                        List.of(new Tool("chart", "Casts a chart.", "{\"type\":\"object\"}")));
        return new ChainRequest("turn-1", conversation, plain.steps(), 1, plain.patience());
    }
}
