package dev.orrery.prompt.revisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.RegionWish;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.PromptDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

class PostgresRevisionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static PromptDatabase database;
    private static UUID bot;

    @BeforeAll
    static void open() throws SQLException {
        database = new PromptDatabase();
        bot = database.bot("Nova", "{}");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static Revisions revisions() {
        return new PostgresRevisions(database.asWorker(), PATIENCE);
    }

    @Test
    void areReadAsTheyAreStored() throws SQLException {
        // given
        var id =
                database.revision(
                        bot,
                        "\nYou are {{bot_name}}.\n",
                        "{\"fallbacks\": [{\"provider\": \"groq\", \"model\": \"llama\"}]}",
                        7);

        // when
        var revision = revisions().of(id).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(revision.prompt())
                .isInstanceOfSatisfying(
                        Prompt.OfTemplate.class,
                        prompt ->
                                assertThat(prompt.template().render(name -> "Nova"))
                                        .isEqualTo("\nYou are Nova.\n"));
        assertThat(revision.options()).isEqualTo(PromptOptions.NONE);
        assertThat(revision.chain().wish())
                .isEqualTo(
                        ChainWish.of("openai", "gpt-5-mini", 1)
                                .in(RegionWish.one(null))
                                .then(List.of(ChainStep.of("groq", "llama"))));
        assertThat(revision)
                .returns(7, Revision::historyTurns)
                .returns(16_000, Revision::promptTokenLimit)
                .returns(1_024, Revision::maxOutputTokens)
                .returns(0.7, Revision::temperature)
                .returns(null, Revision::topP)
                .returns(null, Revision::topK);
    }

    @Test
    void areReadOnceAndRememberedWhenTheDatabaseIsGone() throws SQLException {
        // given
        var id = database.revision(bot, "Hi", "{}");
        var pool = database.newPool();
        var revisions = new PostgresRevisions(DatabaseClient.create(pool), PATIENCE);
        var first = revisions.of(id).block(PATIENCE);
        pool.dispose();

        // when
        var second = revisions.of(id).block(PATIENCE);

        // then
        assertThat(second).isNotNull().isSameAs(first);
    }

    @Test
    void areEmptyWhereThereIsNone() {
        assertThat(revisions().of(UUID.randomUUID()).blockOptional(PATIENCE)).isEmpty();
    }

    @Test
    void areDocumentsWhereTheyAreStructured() throws SQLException {
        // given
        var id =
                database.document(
                        bot,
                        "Role: You are {{bot_name}}.",
                        "{\"history_tokens\": 7, \"fence_user_values\": true}");

        // when
        var revision = revisions().of(id).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(revision.prompt()).isInstanceOf(Prompt.OfDocument.class);
        assertThat(revision.prompt().names()).containsExactly("bot_name");
        assertThat(revision.options().values().fencesUserValues()).isTrue();
        assertThat(revision.window("Hi", List.of()).mostBytes()).isEqualTo(28);
    }

    @Test
    void sayWhatCannotBeUsedOfOne() throws SQLException {
        // given
        var chain = database.revision(bot, "Hi", "{\"fallbacks\": 1}");
        var options = database.revision(bot, "Hi", "{\"history_tokens\": -1}");
        var safety = database.revision(bot, "Hi", "{\"safety\": {\"input\": {\"rules\": 1}}}");
        var prompt = database.document(bot, "Role: [", "{}");

        // then
        assertMalformed(chain, "metadata.fallbacks");
        assertMalformed(options, "metadata.history_tokens");
        assertMalformed(safety, "metadata.safety.input.rules");
        assertMalformed(prompt, "prompt: line 1");
    }

    private static void assertMalformed(UUID id, String where) {
        var reading = revisions().of(id);
        assertThatThrownBy(() -> reading.block(PATIENCE))
                .isInstanceOf(MalformedRevision.class)
                .hasMessageContaining(where);
    }

    @Test
    void sayThatADatabaseThatIsAwayMayComeBack() {
        // given
        var cutOff = new PostgresRevisions(PromptDatabase.away(), PATIENCE);

        // when
        var reading = cutOff.of(UUID.randomUUID());

        // then
        assertThatThrownBy(() -> reading.block(PATIENCE))
                .isInstanceOf(StageFailure.Transient.class);
    }
}
