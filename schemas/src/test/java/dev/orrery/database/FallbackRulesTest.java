package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code llm.fallback_rules} and what it takes for a rule. */
class FallbackRulesTest {

    private static final String STEP = "{\"provider\": \"groq\", \"model\": \"m\"}";

    private static Client client;

    @BeforeAll
    static void open() throws SQLException {
        client = MigratedDatabase.create().asSuperuser();
    }

    @AfterAll
    static void close() throws SQLException {
        client.close();
    }

    /** The rule is undone afterwards. */
    private static void insert(String name, String provider, String model, String steps)
            throws SQLException {
        insert(name, provider, model, steps, true);
    }

    private static void insert(
            String name, String provider, String model, String steps, boolean appendUniversal)
            throws SQLException {
        client.beginTransaction();
        try {
            client.run(
                    """
                    insert into llm.fallback_rules (name, provider, model, steps, append_universal)
                    values (?, ?, ?, ?::jsonb, ?)
                    """,
                    name,
                    provider,
                    model,
                    steps,
                    appendUniversal);
        } finally {
            client.rollBack();
        }
    }

    private static void assertRefused(
            String state, org.assertj.core.api.ThrowableAssert.ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"provider\": \"openai\", \"model\": \"gpt-4.1\"}]",
                "[{\"provider\": \"ai-sdk\", \"model\": \"x\", \"region\": null, \"retry\": 0}]",
                "[{\"provider\": \"bedrock\", \"model\": \"m v:1\", \"region\": \"ap-south-1\", \"retry\": 5}]",
                "[{\"provider\": \"groq\", \"model\": \"m\"}, {\"provider\": \"groq\", \"model\": \"m\"}]",
            })
    void takesStepsThatCanBeFollowed(String steps) {
        assertThatCode(() -> insert("mine", "openai", "*", steps)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"groq\"",
                "[null]",
                "[\"groq\"]",
                "[[]]",
                "[{}]",
                "[{\"provider\": \"groq\"}]",
                "[{\"model\": \"m\"}]",
                "[{\"provider\": \"GROQ\", \"model\": \"m\"}]",
                "[{\"provider\": \" groq\", \"model\": \"m\"}]",
                "[{\"provider\": \"\", \"model\": \"m\"}]",
                "[{\"provider\": 1, \"model\": \"m\"}]",
                "[{\"provider\": \"groq\", \"model\": \"\"}]",
                "[{\"provider\": \"groq\", \"model\": \" m\"}]",
                "[{\"provider\": \"groq\", \"model\": \"m \"}]",
                "[{\"provider\": \"groq\", \"model\": 7}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"retry\": 6}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"retry\": -1}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"retry\": 1.0}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"retry\": \"1\"}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"retry\": null}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"region\": \"\"}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"region\": \"a.b/c\"}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"region\": 1}]",
                "[{\"provider\": \"groq\", \"model\": \"m\", \"retries\": 1}]",
            })
    void refusesStepsThatNobodyCouldFollow(String steps) {
        assertRefused("23514", () -> insert("mine", "openai", "*", steps));
    }

    @Test
    void refusesAChainThatFitsIntoNoDeadline() {
        assertThatCode(() -> insert("mine", "openai", "*", steps(20))).doesNotThrowAnyException();
        assertRefused("23514", () -> insert("mine", "openai", "*", steps(21)));
    }

    private static String steps(int count) {
        return "[" + String.join(",", Collections.nCopies(count, STEP)) + "]";
    }

    @Test
    void refusesAProviderThatIsUnknown() {
        assertRefused("23503", () -> insert("mine", "gemni", "*", "[]"));
        assertThatThrownBy(() ->
                        insert(
                                "mine",
                                "openai",
                                "*",
                                "[" + STEP + ", {\"provider\": \"gemni\", \"model\": \"m\"}]"))
                .hasMessageContaining(
                        "step of rule mine: provider gemni is unknown (expected: a code of chat.providers)");
    }

    @Test
    void refusesAChangedStepOfAProviderThatIsUnknown() {
        assertRefused(
                "23503",
                () ->
                        client.run(
                                "update llm.fallback_rules set steps = replace(steps::text, 'gemini', 'gemni')::jsonb"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',        openai, *",
        "Mine,      openai, *",
        "two words, openai, *",
        "mine,      openai, ''",
        "mine,      openai, ' gpt-4'",
    })
    void refusesWhatNobodyCouldAskFor(String name, String provider, String model) {
        assertRefused("23514", () -> insert(name, provider, model, "[]"));
    }

    @Test
    void refusesARuleThatLeadsNowhere() {
        assertRefused("23514", () -> insert("mine", "openai", "*", "[]", false));
    }

    @Test
    void refusesASecondRuleForTheSameModelWhileTheFirstIsFollowed() {
        assertRefused("23505", () -> insert("mine", "gemini", "*", "[" + STEP + "]"));
        assertRefused(
                "23505",
                () ->
                        client.run(
                                "update llm.fallback_rules set enabled = true where name like 'sample-%'"));
    }

    @Test
    void keepsItsSamplesAsideUntilOneIsEnabled() throws SQLException {
        // given
        var enabled =
                "select count(*) from llm.fallback_rules where provider = 'openai' and enabled";
        long before = client.number(enabled);

        // when
        client.run(
                "update llm.fallback_rules set enabled = true where name = 'sample-gpt-4-then-claude'");

        // then
        assertThat(before).isZero();
        assertThat(client.number(enabled)).isOne();
    }
}
