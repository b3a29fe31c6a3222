package dev.orrery.prompt.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.safety.Safety;
import dev.orrery.prompt.revisions.Chain;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.revisions.Timeouts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReachTest {

    private static Reach reach(int historyTurns, String metadata) {
        return Reach.of(
                new Revision(
                        Prompt.of(PromptKind.TEMPLATE, ""),
                        PromptOptions.of(JsonMapper.shared().readTree(metadata)),
                        new Chain(ChainWish.of("openai", "a", 0), Timeouts.DEFAULT),
                        Safety.OFF,
                        historyTurns,
                        16_000,
                        null,
                        null,
                        null,
                        500));
    }

    @Test
    void keepsWhatTheHistoryShowsWithoutTheTurnsThatComeUntilTheNextSummary() {
        assertThat(reach(20, "{\"summary\": {\"every_turns\": 8}}"))
                .isEqualTo(new Reach(12, 32_000, 8, 100_000));
        assertThat(reach(5, "{\"summary\": {\"every_turns\": 8}}").keptTurns()).isZero();
    }

    @Test
    void keepsHalfOfTheBytesThatTheHistoryHasRoomFor() {
        assertThat(reach(20, "{\"summary\": {}, \"history_tokens\": 1000}").keptBytes())
                .isEqualTo(2_000);
    }

    @Test
    void keepsNothingWhereNoHistoryIsShown() {
        assertThat(reach(0, "{\"summary\": {}}").keptTurns()).isZero();
    }
}
