package dev.orrery.prompt;

import dev.orrery.events.ContextAssembled;
import dev.orrery.pipeline.boot.FallbackConfiguration;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.profiles.PostgresProfiles;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.prompt.bots.PostgresBots;
import dev.orrery.prompt.history.PostgresGreetings;
import dev.orrery.prompt.history.PostgresHistory;
import dev.orrery.prompt.history.RememberedHistory;
import dev.orrery.prompt.memories.PostgresMemories;
import dev.orrery.prompt.revisions.PostgresRevisions;
import dev.orrery.prompt.revisions.Revisions;
import dev.orrery.prompt.summaries.PostgresSummaries;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PromptSettings.class)
@Import(FallbackConfiguration.class)
class PromptConfiguration {

    @Bean
    Revisions revisions(DatabaseClient database, PromptSettings settings) {
        return new PostgresRevisions(database, settings.readTimeLimit());
    }

    @Bean
    PostgresSummaries sessionSummaries(DatabaseClient database, PromptSettings settings) {
        return new PostgresSummaries(database, settings.readTimeLimit());
    }

    @Bean
    PromptFlow promptFlow(
            DatabaseClient database,
            PromptSettings settings,
            Revisions revisions,
            PostgresSummaries summaries,
            Fallbacks fallbacks,
            MeterRegistry meters) {
        var limit = settings.readTimeLimit();
        return new PromptFlow(
                revisions,
                new PostgresBots(database, limit, settings.botFreshness()),
                new PostgresProfiles(database, limit),
                new RememberedHistory(new PostgresHistory(database, limit)),
                new PostgresGreetings(database, limit),
                summaries,
                new PostgresMemories(
                        database, settings.memoryTimeLimit(), settings.memoryFreshness(), meters),
                new Rendering(fallbacks, meters));
    }

    @Bean
    Stage<ContextAssembled> prompt(PromptFlow flow) {
        return Stage.named("prompt")
                .reading(Topics.CHAT_CONTEXTS)
                .writing(Topics.CHAT_PROMPTS, Topics.CHAT_REPLIES)
                .handledBy(flow::handle);
    }
}
