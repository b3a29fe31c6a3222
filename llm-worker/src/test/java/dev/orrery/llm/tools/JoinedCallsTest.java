package dev.orrery.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ModelChunk.ToolFragment;
import dev.orrery.llm.model.ToolCall;
import org.junit.jupiter.api.Test;

/** Calls whose pieces come mixed, and what a model wants to be given back with them. */
class JoinedCallsTest {

    private final JoinedCalls calls = new JoinedCalls();

    @Test
    void areJoinedFromPiecesThatComeMixed() {
        // given
        calls.add(new ToolFragment(1, "b", "get_weather", "{\"city\":", null));
        calls.add(new ToolFragment(0, "a", "current_time", "", "signed"));
        calls.add(new ToolFragment(1, null, null, "\"Oslo\"}", null));

        // when
        var joined = calls.all();

        // then
        assertThat(joined)
                .containsExactly(
                        new JoinedCalls.Wanted("current_time", "", "signed"),
                        new JoinedCalls.Wanted("get_weather", "{\"city\":\"Oslo\"}", null));
    }

    @Test
    void keepTheSignatureOfTheirFirstPieceThatHasOne() {
        // given
        calls.add(new ToolFragment(0, "a", "current_time", "", null));
        calls.add(new ToolFragment(0, null, null, "{}", "first"));
        calls.add(new ToolFragment(0, null, null, "", "second"));

        // when
        var joined = calls.all();

        // then
        assertThat(joined).extracting(JoinedCalls.Wanted::signature).containsExactly("first");
    }

    @Test
    void giveTheirSignatureBackAlsoWhereTheirArgumentsCannotBeRead() {
        // given
        var readable = new WantedCall(1, "call_1_1", "current_time", "{}", "signed", null, null);
        var broken = new WantedCall(1, "call_1_2", "current_time", "{", "signed", null, null);

        // when
        var said = readable.asSaid();
        var saidOfBroken = broken.asSaid();

        // then
        assertThat(said).isEqualTo(new ToolCall("call_1_1", "current_time", "{}", "signed"));
        assertThat(saidOfBroken)
                .isEqualTo(new ToolCall("call_1_2", "current_time", "{}", "signed"));
    }
}
