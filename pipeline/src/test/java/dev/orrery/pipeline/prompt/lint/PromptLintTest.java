package dev.orrery.pipeline.prompt.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PromptLintTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final LintContext PLAIN = LintContext.of(PromptOptions.NONE);

    private static List<Finding> template(String source) {
        return PromptLint.findings(PromptKind.TEMPLATE, source, PLAIN);
    }

    private static List<Finding> document(String source) {
        return PromptLint.findings(PromptKind.STRUCTURED, source, PLAIN);
    }

    private static LintContext context(String revisionMetadata, String botMetadata) {
        return LintContext.of(
                PromptOptions.of(JSON.readTree(revisionMetadata)), JSON.readTree(botMetadata));
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    @Test
    void saysNothingOfAPromptThatIsRight() {
        // given
        var every =
                Arrays.stream(Variable.values())
                        .map(each -> "{{" + each.wireName() + "}}")
                        .collect(Collectors.joining(" "));
        var fenced = context("{\"fence_user_values\": true, \"summary\": {}}", "{}");

        // then
        assertThat(PromptLint.findings(PromptKind.TEMPLATE, every, fenced)).isEmpty();
        assertThat(template("")).isEmpty();
        assertThat(document("a: \"{{user_name}}\"\nb: {$fact: birth_chart}")).isEmpty();
    }

    @Test
    void saysWhereASummaryIsMadeInVainOrShownInVain() {
        // given
        var makes = context("{\"summary\": {\"every_turns\": 5}}", "{}");
        var unmade = context("{\"summary\": {\"enabled\": false}}", "{}");
        var shows = "a: {$summary: conversation}";

        // then
        assertThat(codes(PromptLint.findings(PromptKind.TEMPLATE, "Hi", makes)))
                .containsExactly("summary_not_shown");
        assertThat(codes(PromptLint.findings(PromptKind.STRUCTURED, shows, unmade)))
                .containsExactly("summary_not_made");
        assertThat(PromptLint.findings(PromptKind.STRUCTURED, shows, makes)).isEmpty();
        assertThat(
                        codes(
                                PromptLint.findings(
                                        PromptKind.TEMPLATE, "{{conversation_summary}}", makes)))
                .containsExactly("unfenced_user_text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {{user_nam}}         | unknown_variable | 1 | did you mean {{user_name}}?
                    {{usr_name}}         | unknown_variable | 1 | did you mean {{user_name}}?
                    {{suer_name}}        | unknown_variable | 1 | did you mean {{user_name}}?
                    {{User_Name}}        | unknown_variable | 1 | did you mean {{user_name}}?
                    {{botname}}          | unknown_variable | 1 | did you mean {{bot_name}}?
                    {{ usr_name }}       | unknown_variable | 1 | did you mean {{user_name}}?
                    {{{user_name}}}      | unknown_variable | 1 | did you mean {{user_name}}?
                    {{weather}}          | unknown_variable | 1 | expected: one of the variables
                    {{}}                 | unknown_variable | 1 | expected: one of the variables
                    {{custom.mood}}      | unknown_variable | 1 | unknown variable
                    {{ user_name }}      | spaced_braces    | 1 | (expected: {{user_name}})
                    {{user_name }}       | spaced_braces    | 1 | (expected: {{user_name}})
                    {{user_name          | unclosed_braces  | 1 | both in one line
                    {{user%n_name}}      | unclosed_braces  | 1 | both in one line
                    hi }} there          | unopened_braces  | 4 | is this meant as text?
                    hi {user_name}       | single_braces    | 4 | {{user_name}} for the variable
                    {{user_message}}     | unfenced_user_text | 1 | fence_user_values
                    """)
    void findsSlipsWithBracesAndNames(String source, String code, int column, String message) {
        // when
        var findings = template(source.replace("%n", "\n"));

        // then
        assertThat(findings.getFirst())
                .returns(code, Finding::code)
                .returns(1, Finding::line)
                .returns(column, Finding::column);
        assertThat(findings.getFirst().message()).contains(message);
    }

    @Test
    void blocksWhatIsNotMeantAndWarnsOfTheRest() {
        // when
        var findings = template("{{a}} {{ user_name }} {{x\n}} {user_name} {{user_message}}");

        // then
        assertThat(findings)
                .filteredOn(Finding::isError)
                .extracting(Finding::code)
                .containsExactly("unknown_variable", "spaced_braces", "unclosed_braces");
        assertThat(findings)
                .filteredOn(each -> !each.isError())
                .extracting(Finding::code)
                .containsExactly("unopened_braces", "single_braces", "unfenced_user_text");
    }

    @Test
    void countsLinesAndColumnsAsPeopleDo() {
        // when
        var findings = template("मी \uD83C\uDF19 {{a}}\n\n  {{b}} {{a}}");

        // then
        assertThat(findings)
                .extracting(each -> each.line() + ":" + each.column())
                .containsExactly("1:6", "3:3", "3:9");
    }

    @Test
    void takesNoNameOfAnotherPlaceForASlip() {
        // when
        var findings = document("a: 'Hi {{user_name}}, {{bot_name}} {user_name} {{bot_name}} }}'");

        // then
        assertThat(findings)
                .extracting(each -> each.code() + " " + each.column())
                .containsExactly("single_braces 36", "unopened_braces 61");
    }

    @Test
    void findsSlipsInDocumentsWhereTheyAreWritten() {
        // given
        var source =
                """
                # {{not_a_leaf}}
                a: "{{user_nam}}"
                b:
                  - |
                    Some text
                    and {{ user_name }} {{user_nam}}
                  - {$when: {app: 4}, $value: "{{botname}}"}
                """;

        // when
        var findings = document(source);

        // then
        assertThat(findings)
                .extracting(each -> each.code() + " " + each.line() + ":" + each.column())
                .containsExactly(
                        "unknown_variable 2:5",
                        "spaced_braces 6:9",
                        "unknown_variable 6:25",
                        "unknown_variable 7:32");
    }

    @Test
    void saysWhereADocumentIsMalformed() {
        assertThat(document("a: b\nc: [d"))
                .singleElement()
                .returns("malformed_document", Finding::code)
                .returns(2, Finding::line)
                .satisfies(each -> assertThat(each.column()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {$language: {default: x, 4: {HINDII: y}}}",
                "a: {$when: {language: HINDII}, $value: b}"
            })
    void warnsOfALanguageThatNobodyKnows(String source) {
        assertThat(document(source))
                .singleElement()
                .returns("unknown_language", Finding::code)
                .returns(false, Finding::isError);
    }

    @Test
    void warnsOfUsersWhoseLanguageNobodyKnows() {
        assertThat(codes(PromptLint.findings(PromptKind.TEMPLATE, "Hi", PLAIN.speaking("FR"))))
                .containsExactly("unknown_language");
        assertThat(PromptLint.findings(PromptKind.TEMPLATE, "Hi", PLAIN.speaking("hi-IN")))
                .isEmpty();
    }

    @Test
    void missesWhatTheRevisionRequires() {
        // given
        var context = context("{\"required_variables\": [\"user_name\", \"bot_name\"]}", "{}");

        // when
        var findings = PromptLint.findings(PromptKind.TEMPLATE, "{{bot_name}}", context);

        // then
        assertThat(findings)
                .singleElement()
                .returns("missing_required", Finding::code)
                .returns(true, Finding::isError)
                .satisfies(each -> assertThat(each.message()).startsWith("user_name: "));
    }

    @Test
    void warnsOfWhatTheBotRequiresAndThePromptDoesNotUse() {
        // given
        var context =
                context(
                        "{}",
                        """
                        {"required_fields": ["name", "gender", "birth", "shoe_size"],
                         "facts": [{"kind": "birth_chart"}, {"kind": "weather"}]}
                        """);

        // then
        assertThat(PromptLint.findings(PromptKind.TEMPLATE, "{{user_name}}", context))
                .allMatch(each -> each.code().equals("unused_required") && !each.isError())
                .extracting(each -> each.message().substring(0, each.message().indexOf(':')))
                .containsExactly("gender", "birth", "birth_chart", "weather");
        assertThat(
                        PromptLint.findings(
                                PromptKind.STRUCTURED,
                                "a: \"{{user_name}} {{user_gender}}\"\nb: [{$fact: birth_chart}, {$fact: weather}]",
                                context))
                .isEmpty();
    }

    @Test
    void knowsWhatRevisionAndBotAdd() {
        // given
        var context =
                context(
                        "{\"custom\": {\"a\": 1}}",
                        "{\"custom\": {\"b\": 1, \"Bad\": 1, \"bot_name\": 1}}");

        // when
        var findings =
                PromptLint.findings(
                        PromptKind.TEMPLATE, "{{custom.a}} {{custom.b}} {{custom.c}}", context);

        // then
        assertThat(codes(findings))
                .containsExactlyInAnyOrder(
                        "unusable_custom_name", "unusable_custom_name", "unknown_variable");
        assertThat(findings)
                .filteredOn(each -> each.code().equals("unknown_variable"))
                .singleElement()
                .satisfies(each -> assertThat(each.message()).contains("{{custom."));
    }

    @Test
    void measuresThePromptAgainstTheLimitAndTheWindow() {
        // given
        var source = "x".repeat(4 * 127_000);

        // then
        assertThat(codes(lint(source, "openai", "gpt-4o-mini", 1_000))).isEmpty();
        assertThat(codes(lint(source, "OpenAI", "gpt-4o-mini", 1_001)))
                .containsExactly("window_exceeded");
        assertThat(codes(lint(source, "openai", "gpt-4.1-mini", 100_000))).isEmpty();
        assertThat(codes(lint(source, "openai", "nobody-knows", 900_000))).isEmpty();
        assertThat(codes(template("x".repeat(4 * 16_000)))).isEmpty();
        assertThat(codes(template("x".repeat(4 * 16_000 + 1))))
                .containsExactly("token_limit_exceeded");
    }

    private static List<Finding> lint(String source, String provider, String model, long output) {
        return PromptLint.findings(
                PromptKind.TEMPLATE, source, PLAIN.asking(provider, model, output, 1_000_000));
    }

    @Test
    void staysWithinBoundsWhateverItIsGiven() {
        assertThat(template("{{x}}\n".repeat(50_000))).hasSizeBetween(200, 201);
        assertThat(template("{{" + "x".repeat(200_000) + "}}").getFirst().message())
                .hasSizeLessThan(300);
    }
}
