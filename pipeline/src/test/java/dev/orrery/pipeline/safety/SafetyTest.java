package dev.orrery.pipeline.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What authors may say about safety, and what it comes to. */
class SafetyTest {

    private static Safety safety(String json) {
        return Safety.of(JsonMapper.shared().readTree("{\"safety\": " + json + "}"));
    }

    private static Crisis crisis(String json) {
        return safety("{\"input\": {\"rules\": true}, \"crisis\": " + json + "}").crisis();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{\"input\": {\"rules\": false, \"phrases\": {\"x\": []}}}"})
    void isOffWhereNothingIsSaid(String json) {
        assertThat(safety(json).isOn()).isFalse();
        assertThat(Safety.of(JsonMapper.shared().readTree("{}"))).isEqualTo(Safety.OFF);
    }

    @Test
    void readsEverythingThatCanBeSaid() {
        // when
        var safety =
                safety(
                        """
                        {"input": {"rules": true, "phrases": {"violence": ["build a bomb"], "spam": ["buy now"]},
                                   "model": "openai/omni-moderation-latest", "when_unavailable": "refuse"},
                         "output": {"model": "openrouter/some/model", "when_unavailable": "allow"},
                         "crisis": {"help_text": {"en": "Talk."}, "contacts": {"IN": ["14416"]}}}
                        """);

        // then
        assertThat(safety.isOn()).isTrue();
        assertThat(safety.input().builtIn()).isTrue();
        assertThat(safety.input().phrases())
                .containsEntry("violence", List.of("build a bomb"))
                .containsEntry("spam", List.of("buy now"));
        assertThat(safety.input().model())
                .isEqualTo(new TextCheck.ModelName("openai", "omni-moderation-latest"));
        assertThat(safety.input().refusesUnjudged()).isTrue();
        assertThat(safety.output().model())
                .isEqualTo(new TextCheck.ModelName("openrouter", "some/model"));
        assertThat(safety.output().builtIn()).isFalse();
        assertThat(safety.output().refusesUnjudged()).isFalse();
        assertThat(safety.crisis().helpText()).containsEntry("en", "Talk.");
    }

    static Stream<List<String>> malformed() {
        var phrases = "{\"input\": {\"phrases\": %s}}";
        var crisis = "{\"input\": {\"rules\": true}, \"crisis\": %s}";
        var long80 = "x".repeat(81);
        return Stream.of(
                List.of("[]", "safety"),
                List.of("{\"inputs\": {}}", "safety"),
                List.of("{\"input\": true}", "safety.input"),
                List.of("{\"input\": {\"rules\": 1}}", "safety.input.rules"),
                List.of("{\"output\": {\"model\": \"gpt\"}}", "safety.output.model"),
                List.of("{\"output\": {\"model\": \"openai/\"}}", "safety.output.model"),
                List.of(
                        "{\"input\": {\"when_unavailable\": \"shrug\"}}",
                        "safety.input.when_unavailable"),
                List.of(phrases.formatted("[]"), "safety.input.phrases"),
                List.of(phrases.formatted("{\"Bad Name\": []}"), "safety.input.phrases"),
                List.of(phrases.formatted("{\"v\": \"x\"}"), "safety.input.phrases.v"),
                List.of(phrases.formatted("{\"v\": [\"a\", \" \"]}"), "safety.input.phrases.v[1]"),
                List.of(phrases.formatted("{\"v\": [\"?!\"]}"), "safety.input.phrases.v[0]"),
                List.of(
                        phrases.formatted("{\"v\": [\"" + long80 + "\"]}"),
                        "safety.input.phrases.v[0]"),
                List.of(
                        phrases.formatted("{\"v\": [\"x\"" + ", \"x\"".repeat(200) + "]}"),
                        "safety.input.phrases.v"),
                List.of(
                        phrases.formatted(
                                "{\"v\": [\"x\"], "
                                        + String.join(
                                                ", ",
                                                Stream.iterate(0, i -> i + 1)
                                                        .limit(16)
                                                        .map("\"c%d\": []"::formatted)
                                                        .toList())
                                        + "}"),
                        "safety.input.phrases"),
                List.of(
                        phrases.formatted(
                                "{\"a\": [%1$s], \"b\": [%1$s]}"
                                        .formatted(
                                                String.join(
                                                        ", ",
                                                        Stream.generate(() ->
                                                                        "\""
                                                                                + "x".repeat(80)
                                                                                + "\"")
                                                                .limit(101)
                                                                .toList()))),
                        "safety.input.phrases"),
                List.of("{\"crisis\": {}}", "safety.crisis"),
                List.of("{\"output\": {\"rules\": true}, \"crisis\": {}}", "safety.crisis"),
                List.of(crisis.formatted("{\"text\": 1}"), "safety.crisis"),
                List.of(crisis.formatted("{\"help_text\": \"x\"}"), "safety.crisis.help_text"),
                List.of(
                        crisis.formatted("{\"help_text\": {\"English!\": \"x\"}}"),
                        "safety.crisis.help_text"),
                List.of(
                        crisis.formatted(
                                "{\"help_text\": {\"en\": \"" + "x".repeat(2_001) + "\"}}"),
                        "safety.crisis.help_text.en"),
                List.of(
                        crisis.formatted("{\"contacts\": {\"India\": [\"14416\"]}}"),
                        "safety.crisis.contacts"),
                List.of(
                        crisis.formatted("{\"contacts\": {\"IN\": [\"" + "1".repeat(121) + "\"]}}"),
                        "safety.crisis.contacts.IN[0]"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void namesTheFieldThatIsNotWhatItShouldBe(List<String> jsonAndField) {
        assertThatThrownBy(() -> safety(jsonAndField.getFirst()))
                .isInstanceOfSatisfying(
                        MalformedSafety.class,
                        malformed -> {
                            assertThat(malformed.field()).isEqualTo(jsonAndField.getLast());
                            assertThat(malformed.fault()).contains("(expected: ");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "hi-IN, Namaste",
        "HINDI, Namaste",
        "hi, Namaste",
        "en-GB, Hello",
        "ta, Hello",
        "'', Hello",
        "hi-Latn, Hello",
        "pt_BR, Ola",
        "pt, Ola"
    })
    void speaksTheLanguageOfTheUserOrEnglish(String language, String words) {
        // given
        var crisis =
                crisis(
                        "{\"help_text\": {\"en\": \"Hello\", \"hi\": \"Namaste\", \"pt-PT\": \"Ola\"}}");

        // then
        assertThat(crisis.textFor(language, "IN")).startsWith(words + "\n\n• ");
    }

    @ParameterizedTest
    @CsvSource({
        "en, glad you told me",
        "hi, अच्छा किया",
        "hinglish, Achha kiya",
        "ta, glad you told me"
    })
    void hasWordsOfItsOwnWhereARevisionHasNone(String language, String words) {
        assertThat(Crisis.BUILT_IN.textFor(language, "")).contains(words);
        assertThat(crisis("{\"help_text\": {\"ta\": \"Vanakkam\"}}").textFor("hi", ""))
                .startsWith("अच्छा");
    }

    @ParameterizedTest
    @CsvSource({
        "IN, 14416",
        "in, 1800-599-0019",
        "US, 988",
        "GB, 116 123",
        "UK, 116 123",
        "FR, findahelpline.com",
        "'', findahelpline.com"
    })
    void knowsWhomToCall(String country, String contact) {
        assertThat(Crisis.BUILT_IN.textFor("en", country)).contains(contact);
    }

    @Test
    void prefersTheContactsOfTheRevision() {
        // given
        var crisis =
                crisis(
                        "{\"contacts\": {\"UK\": [\"A\", \"B\"], \"IN\": [], \"default\": [\"Z\"]}}");

        // then
        assertThat(crisis.textFor("en", "GB")).endsWith("\n\n• A\n• B");
        assertThat(crisis.textFor("en", "IN")).endsWith("\n\n• Z");
        assertThat(crisis.textFor("en", "US")).endsWith("\n\n• Z");
        assertThat(crisis("{\"contacts\": {\"IN\": [\"A\"]}}").textFor("en", "US")).contains("988");
    }
}
