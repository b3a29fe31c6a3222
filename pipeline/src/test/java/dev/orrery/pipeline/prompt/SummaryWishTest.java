package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SummaryWishTest {

    private static SummaryWish wish(String metadata) {
        return PromptOptions.of(JsonMapper.shared().readTree(metadata)).summary();
    }

    @Test
    void isNoneUnlessARevisionSpeaksOfIt() {
        assertThat(wish("{}")).isEqualTo(SummaryWish.NONE);
        assertThat(wish("{\"summary\": null}").enabled()).isFalse();
        assertThat(wish("{\"summary\": {\"enabled\": false, \"every_turns\": 3}}"))
                .isEqualTo(new SummaryWish(false, 3, 400, null, null));
    }

    @Test
    void isReadWithWhatIsUsualInPlaceOfWhatIsNotSaid() {
        assertThat(wish("{\"summary\": {}}")).isEqualTo(new SummaryWish(true, 10, 400, null, null));
        assertThat(
                        wish(
                                """
                                {"summary": {"enabled": true, "every_turns": 4, "max_tokens": 200,
                                             "provider": "openai", "model": "gpt-4.1-nano"}}
                                """))
                .isEqualTo(new SummaryWish(true, 4, 200, "openai", "gpt-4.1-nano"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"summary": true}                        | metadata.summary
                    {"summary": {"enabled": "yes"}}          | metadata.summary.enabled
                    {"summary": {"every_turns": 0}}          | metadata.summary.every_turns
                    {"summary": {"every_turns": 501}}        | metadata.summary.every_turns
                    {"summary": {"max_tokens": 49}}          | metadata.summary.max_tokens
                    {"summary": {"max_tokens": 1.5}}         | metadata.summary.max_tokens
                    {"summary": {"provider": "openai"}}      | metadata.summary.provider
                    {"summary": {"model": "m"}}              | metadata.summary.provider
                    {"summary": {"provider": " "}}           | metadata.summary.provider
                    """)
    void isRefusedWhenItIsNotWhatItShouldBe(String metadata, String path) {
        assertThatThrownBy(() -> wish(metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(path + ": unusable");
    }
}
