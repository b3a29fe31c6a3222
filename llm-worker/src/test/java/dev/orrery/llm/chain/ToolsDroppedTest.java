package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model that knows nothing of tools is asked without them, and everybody can see that it was. */
class ToolsDroppedTest {

    private static final Conversation WITH_TOOLS =
            new Conversation(
                    "",
                    List.of(
                            new Message(Role.USER, "Time?"),
                            Message.calling("", new ToolCall("a", "now", "{}")),
                            Message.result("a", "noon")),
                    null,
                    null,
                    null,
                    100,
                    List.of(new Tool("now", "", "{}")));

    private final HeardCalls heard = new HeardCalls();
    private final RecordedChain chain = new RecordedChain(heard);

    @BeforeEach
    void failOverToAModelWithoutTools() {
        chain.script("openai", Script.failure(new ModelFailure.ServerError("status 500", null)));
        chain.withoutTools("groq");
    }

    @Test
    void asksTheModelWithoutToolsAndMarksThat() {
        // given
        var groq = chain.script("groq", Script.answer("It is noon."));

        // when
        chain.run(request(WITH_TOOLS, false));

        // then
        assertThat(groq.prompts().getFirst().conversation()).isEqualTo(WITH_TOOLS.withoutTools());
        assertThat(chain.results()).containsExactly("server_error", "tools_dropped", "answered");
        assertThat(chain.answered().calls()).extracting(CallTrace::number).containsExactly(1, 2, 3);
    }

    @Test
    void tellsListenersWhatTheModelWasReallyAsked() {
        // given
        chain.script("groq", Script.answer("It is noon."));

        // when
        chain.run(request(WITH_TOOLS, false));

        // then
        var call = heard.reports().getLast().call();
        assertThat(call.conversation().hasTools()).isFalse();
        assertThat(call.retries()).isZero();
        assertThat(call.isFallback()).isTrue();
    }

    @Test
    void passesTheModelOverWhereToolsAreRequired() {
        // given
        var groq = chain.script("groq", Script.answer("Never."));

        // when
        chain.run(request(WITH_TOOLS, true));

        // then
        assertThat(groq.prompts()).isEmpty();
        assertThat(chain.failed().calls())
                .extracting(CallTrace::result)
                .containsExactly("server_error", "tools_unsupported");
    }

    @Test
    void asksAsEverWhereThereAreNoTools() {
        // given
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(Chains.request(PRIMARY, SECOND));

        // then
        assertThat(chain.results()).containsExactly("server_error", "answered");
    }

    private static ChainRequest request(Conversation conversation, boolean required) {
        return new ChainRequest(
                "turn-1",
                conversation,
                List.of(PRIMARY, SECOND),
                1,
                Duration.ofSeconds(60),
                new Conduct(Refusals.DEFAULT, false, required),
                null,
                Origin.UNKNOWN);
    }
}
