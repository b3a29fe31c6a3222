package dev.orrery.llm.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.LlmDatabase;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.ModelChunk;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices are those of the database, with the rights of the worker's own role. */
class PriceBookTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private LlmDatabase database;
    private PriceBook book;

    @BeforeEach
    void open() throws SQLException {
        database = new LlmDatabase();
        book = new PriceBook(new PriceRows(database.asWorker()), time.clock(), time.ticker());
    }

    @AfterEach
    void close() throws SQLException {
        book.stop();
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "openai,    gpt-5-mini",
        "openai,    gpt-4.1-nano-2025-04-14",
        "openai,    gpt-5-pro",
        "openai,    o3-mini-2025-01-31",
        "gemini,    gemini-2.0-flash",
        "gemini,    gemini-2.5-pro",
        "anthropic, claude-3-sonnet-20240229",
        "anthropic, claude-sonnet-5",
        "anthropic, claude-3-5-sonnet-20241022",
        "anthropic, claude-3-opus-20240229",
        "bedrock,   anthropic.claude-3-haiku-20240307-v1:0",
        "bedrock,   us.anthropic.claude-sonnet-4-20250514-v1:0",
        "bedrock,   apac.amazon.nova-lite-v1:0",
        "bedrock,   deepseek.v3-v1:0",
        "byteplus,  deepseek-v3-1-250821",
        "mistral,   mistral-large-latest"
    })
    void knowsThePricesOfTheModelsThatChainsName(String provider, String model) {
        // when
        book.start();

        // then
        var price = book.of(provider, model).orElseThrow();
        assertThat(price.input()).isBetween(10_000L, 20_000_000L);
        assertThat(price.output()).isGreaterThan(price.input());
        assertThat(price.cachedInput()).isPositive().isLessThanOrEqualTo(price.input());
        assertThat(price.reasoning()).isEqualTo(price.output());
        assertThat(book.isFree(provider, model)).isFalse();
    }

    @Test
    void knowsThatTheSimulatorIsFree() {
        // when
        book.start();

        // then
        assertThat(book.isFree("openai", "sim/echo")).isTrue();
    }

    @Test
    void takesNoModelOfARouterForTheSimulator() {
        // when
        book.start();

        // then
        assertThat(book.of("openrouter", "sim/echo")).isEmpty();
    }

    @Test
    void takesANewPriceWithoutARestart() throws SQLException {
        // given
        book.start();
        database.execute(
                """
                insert into llm.prices (provider, model_pattern, effective_from, input_micros, output_micros)
                values ('openai', 'gpt-5-mini*', '2026-11-01', 7000000, 9000000)
                """);

        // when
        time.advance(A_MINUTE);

        // then
        var usage = new ModelChunk.Usage(1, 1, null, null);
        await().untilAsserted(() ->
                assertThat(book.cost("openai", "gpt-5-mini", usage, false))
                        .isEqualTo(new Cost(16, false)));
    }

    @Test
    void keepsTheLastPricesWhileTheDatabaseIsAway() throws SQLException {
        // given
        book.start();
        database.execute("alter table llm.prices rename to away");

        // when
        time.advance(A_MINUTE);

        // then
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(book.of("openai", "gpt-5-mini")).isPresent());
    }

    @Test
    void startsWithoutPricesWhenThereAreNone() throws SQLException {
        // given
        database.execute("drop table llm.prices");

        // when
        book.start();

        // then
        assertThat(book.cost("openai", "gpt-5-mini", new ModelChunk.Usage(1, 1, null, null), false))
                .isNull();
    }
}
