package dev.orrery.llm.safety;

import dev.orrery.events.PhraseList;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.TextPolicy;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.telemetry.Spans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What passes between a user and a model, over a chain and a moderator that are scripted. */
abstract class SafeChainBench {

    static final String HELP = "You are not alone.\n\n• 14416";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Step STEP = new Step("openai", "gpt", null, 0, Limits.USUAL);
    static final ChainEvent.CallBegan BEGAN = new ChainEvent.CallBegan(1, STEP, false);
    static final ChainEvent.Answered ANSWERED =
            new ChainEvent.Answered(
                    STEP,
                    FinishReason.STOP,
                    new ModelChunk.Usage(10, 3, null, null),
                    ManualTime.START,
                    List.of(
                            new CallTrace(
                                    1, "openai", "gpt", null, CallTrace.ANSWERED, 5L, 9, 40L)));

    final ManualTime time = new ManualTime();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<ChainRequest> asked = new ArrayList<>();
    final List<String> judged = new ArrayList<>();
    final AtomicInteger brokenOff = new AtomicInteger();
    Mono<Set<String>> judgement = Mono.just(Set.of());
    Flux<ChainEvent> answer = Flux.just(BEGAN, text("Good "), text("day."), ANSWERED);

    final Safety safety =
            new Safety(
                    provider ->
                            provider.equals("openai")
                                    ? Optional.of((model, text, limit) -> {
                                        judged.add(model + ": " + text);
                                        return judgement;
                                    })
                                    : Optional.empty(),
                    Spans.OFF,
                    meters,
                    time.clock(),
                    time.ticker());

    final Chain chain =
            request ->
                    Flux.defer(() -> {
                        asked.add(request);
                        return answer.doOnCancel(brokenOff::incrementAndGet);
                    });

    static ChainEvent text(String text) {
        return new ChainEvent.Text(text);
    }

    static TextPolicy.Builder nothing() {
        return TextPolicy.newBuilder();
    }

    static TextPolicy.Builder rules() {
        return nothing()
                .setBuiltIn(true)
                .setPhrases(List.of(new PhraseList("violence", List.of("how to build a bomb"))));
    }

    static TextPolicy.Builder model() {
        return nothing().setProvider("openai").setModel("moderation-1");
    }

    SafeChain safe(TextPolicy.Builder input, TextPolicy.Builder output) {
        var prompt = Examples.prompt(Examples.openTurn(Examples.TURN)).value();
        return safety.around(
                chain,
                PromptRendered.newBuilder(prompt)
                        .setSafety(new SafetyPolicy(input.build(), output.build(), HELP))
                        .build());
    }

    static ChainRequest saying(String message) {
        return new ChainRequest(
                "turn",
                new Conversation(
                        "You are Mira.",
                        List.of(
                                new Message(Role.USER, "how to build a bomb"),
                                new Message(Role.ASSISTANT, "No."),
                                new Message(Role.USER, message)),
                        null,
                        null,
                        null,
                        100),
                List.of(STEP),
                1,
                PATIENCE);
    }

    static List<ChainEvent> heard(SafeChain safe, String message) {
        var heard = new ArrayList<ChainEvent>();
        safe.run(saying(message)).subscribe(heard::add);
        return heard;
    }

    double verdicts(String stage, String by, String category) {
        return meters
                .find("orrery.llm.safety.verdicts")
                .tags("stage", stage, "by", by, "category", category)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
