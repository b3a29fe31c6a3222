package dev.orrery.llm.gateway.reuse;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainEvent.Answered;
import dev.orrery.llm.chain.ChainEvent.CallBegan;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Answers of a chain that is told what to say while others ask. */
abstract class AnswersBench {

    private static final Duration SECOND = Duration.ofSeconds(1);
    static final Step STEP =
            new Step("openai", "gpt", null, 0, new Limits(SECOND, SECOND, SECOND, SECOND));
    static final ChainEvent BEGAN = new CallBegan(1, STEP, false);
    static final ChainEvent ANSWERED =
            new Answered(
                    STEP,
                    FinishReason.STOP,
                    new ModelChunk.Usage(1, 1, null, null),
                    Instant.EPOCH,
                    List.of(new CallTrace(1, "openai", "gpt", null, "answered", 0L, 0, null)));
    static final ChainEvent FAILED =
            new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of());

    final ManualTime time = new ManualTime();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger brokenOff = new AtomicInteger();
    final List<String> reused = new ArrayList<>();
    Sinks.Many<ChainEvent> chain = Sinks.many().unicast().onBackpressureBuffer();

    Answers answers(DataSize cache) {
        return new Answers(
                new ReuseSettings(cache, Duration.ofMinutes(10)), time.clock(), time.ticker());
    }

    Answers answers() {
        return answers(DataSize.ofBytes(0));
    }

    Flux<ChainEvent> asking(Answers answers, Asked asked) {
        var call =
                Flux.defer(
                                () -> {
                                    begun.incrementAndGet();
                                    return chain.asFlux();
                                })
                        .doOnCancel(brokenOff::incrementAndGet);
        return answers.to(asked, call, reused::add);
    }

    List<ChainEvent> hearing(Answers answers, Asked asked) {
        var heard = new ArrayList<ChainEvent>();
        asking(answers, asked).subscribe(heard::add);
        return heard;
    }

    void tell(ChainEvent... events) {
        for (var event : events) {
            chain.tryEmitNext(event).orThrow();
        }
    }

    void end(ChainEvent last) {
        tell(last);
        chain.tryEmitComplete().orThrow();
        chain = Sinks.many().unicast().onBackpressureBuffer();
    }

    static Asked asked(String service, @Nullable String requestId, @Nullable Double temperature) {
        var message = new Conversation.Message(Conversation.Role.USER, "Yes?");
        var conversation = new Conversation("", List.of(message), temperature, null, null, 100);
        var question = new Question(conversation, List.of(STEP), SECOND, Conduct.DEFAULT);
        return new Asked(service, null, requestId, question, true);
    }

    /** As one asks whose stream may not start over. */
    static Asked plain(Asked asked) {
        return new Asked(asked.service(), asked.user(), asked.requestId(), asked.question(), false);
    }
}
