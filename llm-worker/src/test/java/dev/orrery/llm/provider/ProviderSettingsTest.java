package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
import dev.orrery.llm.provider.ProviderSettings.Protocol;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "sk-1, true, true",
        "' , ,', true, false",
        "'', true, false",
        "' ', true, false",
        "'', false, true"
    })
    void canBeUsedWithAKeyOrWhereNoneIsNeeded(String key, boolean keyNeeded, boolean usable) {
        // when
        var settings = settings("http://localhost:11434/v1", key, keyNeeded);

        // then
        assertThat(settings.isUsable()).isEqualTo(usable);
    }

    @Test
    void cannotBeUsedWithoutAnAddress() {
        // when
        var settings = settings(null, "sk-1", true);

        // then
        assertThat(settings.isUsable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/v1",
                "localhost:8080",
                "http:///v1",
                "https://user:secret@host/v1",
                "https://host/v1?key=secret"
            })
    void refusesAnAddressThatIsNone(String url) {
        // when / then
        assertThatThrownBy(() -> settings(url, "sk-1", true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, MAX_COMPLETION_TOKENS",
        "https://api.groq.com/openai/v1, MAX_TOKENS"
    })
    void boundsTheAnswerInTheWordTheServerKnows(String url, MaxTokensField field) {
        // when
        var endpoint = settings(url, "sk-1", true).openAiCompatible(URI.create(url), null);

        // then
        assertThat(endpoint.maxTokensField()).isEqualTo(field);
    }

    @Test
    void saysNothingOfItsKeyWhenItIsPrinted() {
        // when
        var printed = settings("https://host/v1", "sk-1", true).toString();

        // then
        assertThat(printed).doesNotContain("sk-1").contains("https://host/v1");
    }

    private static ProviderSettings settings(@Nullable String url, String key, boolean keyNeeded) {
        return new ProviderSettings(
                Protocol.OPENAI,
                url == null ? null : URI.create(url),
                key,
                keyNeeded,
                null,
                true,
                false,
                Map.of());
    }
}
