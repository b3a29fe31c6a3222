package dev.orrery.llm;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.cancellations.CancelledTurns;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.deltas.ReplyWriters;
import dev.orrery.llm.gateway.NamedEndpoints;
import dev.orrery.llm.gateway.request.Endpoints;
import dev.orrery.llm.leases.LeaseRelease;
import dev.orrery.llm.leases.LeaseRenewal;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.llm.provider.Providers;
import dev.orrery.llm.run.Detached;
import dev.orrery.llm.run.Endings;
import dev.orrery.llm.run.RunIds;
import dev.orrery.llm.run.Runs;
import dev.orrery.llm.safety.Safety;
import dev.orrery.llm.time.Ticker;
import dev.orrery.llm.tools.Dialogue;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.TurnRows;
import dev.orrery.pipeline.turn.Turns;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LlmSettings.class)
class LlmConfiguration {

    @Bean
    Ticker ticker() {
        return Ticker.system();
    }

    @Bean
    Providers providers(LlmSettings settings, Clock clock, Ticker ticker, MeterRegistry meters) {
        return Providers.open(settings.providers(), settings.http(), clock, ticker, meters);
    }

    @Bean
    Endpoints endpoints(Providers providers) {
        return new NamedEndpoints(providers);
    }

    @Bean
    LiveRuns liveRuns(MeterRegistry meters) {
        return new LiveRuns(meters);
    }

    @Bean
    LeaseRenewal leaseRenewal(
            LiveRuns live,
            Turns turns,
            @Value("${orrery.turn.lease:5s}") Duration lease,
            Ticker ticker) {
        return new LeaseRenewal(live, turns, lease, ticker);
    }

    @Bean
    Detached detached() {
        return new Detached();
    }

    @Bean
    RunsLifecycle runsLifecycle(
            LeaseRenewal renewal,
            LiveRuns live,
            TopicTail tail,
            Detached detached,
            DatabaseClient database,
            LlmSettings settings) {
        // A lease that is renewed for a moment is given up.
        var momentary = new TurnRows(database, Duration.ofMillis(1));
        return new RunsLifecycle(
                renewal,
                new CancelledTurns(tail, live),
                detached,
                new LeaseRelease(live, momentary),
                settings.drain());
    }

    @Bean
    Safety safety(
            Providers providers, Spans spans, MeterRegistry meters, Clock clock, Ticker ticker) {
        return new Safety(providers, spans, meters, clock, ticker);
    }

    @Bean
    Runs runs(
            FallbackChain chain,
            Safety safety,
            Dialogue dialogue,
            LlmSettings settings,
            Publisher publisher,
            LiveRuns live,
            LeaseRenewal renewal,
            Turns turns,
            Clock clock,
            Ticker ticker,
            MeterRegistry meters) {
        return new Runs(
                chain,
                safety,
                dialogue,
                new ReplyWriters(publisher, settings.pace(), live::count, ticker),
                live,
                renewal,
                new Endings(turns, clock, meters),
                clock,
                ticker);
    }

    @Bean
    Stage<PromptRendered> llm(
            Turns turns, Runs runs, Detached detached, Announcements announcements, Ticker ticker) {
        var runIds = new RunIds(UUID.randomUUID());
        var flow = new LlmFlow(turns, runIds, runs, detached, announcements, ticker);
        return Stage.named("llm")
                .reading(Topics.CHAT_PROMPTS)
                .writing(Topics.CHAT_REPLIES, Topics.CHAT_OUTCOMES)
                .handledBy(flow::handle);
    }
}
