package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.stage.StageFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;

class FallbackRuleRowsTest {

    private static RuleDatabase database;

    @BeforeAll
    static void open() {
        database = new RuleDatabase("orrery_llm");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void areReadAsTheyAreStored() throws SQLException {
        // given
        database.run(
                """
                insert into llm.fallback_rules (name, provider, model, steps, append_universal) values
                  ('mine', 'groq', 'M', '[{"provider": "bedrock", "model": "a b", "region": "eu-west-1", "retry": 5},
                                          {"provider": "openai", "model": "c", "region": null}]', false)
                """);

        // when
        var read = database.read();

        // then
        assertThat(read)
                .contains(
                        new FallbackRule(
                                "groq",
                                "M",
                                List.of(
                                        new ChainStep("bedrock", "a b", "eu-west-1", 5),
                                        ChainStep.of("openai", "c")),
                                false));
    }

    @Test
    void areReadOnlyWhereTheyAreEnabled() throws SQLException {
        // given
        database.run("update llm.fallback_rules set enabled = false where name = 'byteplus'");

        // when
        var read = database.read();

        // then
        assertThat(read)
                .extracting(FallbackRule::provider)
                .contains("gemini")
                .doesNotContain("byteplus", "openai");
    }

    @Test
    void sayThatADatabaseThatIsAwayMayComeBack() {
        // given
        var nowhere = DatabaseAddress.parse("postgresql://127.0.0.1:1/nobody");
        var pool = new Database(nowhere, "orrery_llm", "orrery", 1, "test").open();
        var rows = new FallbackRuleRows(DatabaseClient.create(pool), RuleDatabase.PATIENCE);

        // then
        assertThatThrownBy(() -> rows.read().block(RuleDatabase.PATIENCE))
                .isInstanceOf(StageFailure.Transient.class);
        pool.dispose();
    }

    @Test
    void areNotForEveryService() {
        // given
        try (var asBilling = new RuleDatabase("orrery_billing")) {

            // then
            assertThatThrownBy(() -> asBilling.source().read().block(RuleDatabase.PATIENCE))
                    .isInstanceOf(PermissionDeniedDataAccessException.class);
        }
    }

    @Test
    void areReadWithinTheirTimeLimit() {
        // given
        var connections = new NeverConnecting();
        var rows = new FallbackRuleRows(DatabaseClient.create(connections), Duration.ofMillis(10));

        // then
        assertThatThrownBy(() -> rows.read().block(RuleDatabase.PATIENCE))
                .isInstanceOf(StageFailure.Transient.class);
    }
}
