package dev.orrery.llm.chain;

import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Models;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.time.Ticker;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Makes attempts of calls.
 *
 * @param audience hears of every call
 * @param maxReplyChars the longest answer that is taken, in UTF-16 units
 */
record Attempts(
        Models models, Prices prices, CallListener audience, int maxReplyChars, Ticker ticker) {

    /**
     * A call that was admitted just now. Nobody has heard of it yet.
     *
     * @param gatekeeper what the gates want to hear of it
     * @param deadline of the turn, on the ticker
     */
    Attempt of(Next.Call next, Call call, CallListener gatekeeper, long deadline) {
        var stream =
                new CallStream(
                        next.step().limits(),
                        ticker.now(),
                        deadline,
                        maxReplyChars,
                        call.conversation().mayCall());
        var listeners = new Audience(List.of(gatekeeper, audience));
        return new Attempt(
                next,
                new LimitedCall(chunks(call, stream), stream, ticker),
                stream,
                new HeardCall(call, stream, listeners, prices, ticker));
    }

    private Flux<ModelChunk> chunks(Call call, CallStream stream) {
        return Flux.defer(() -> {
            var step = call.step();
            ChatModel model =
                    models.of(step.provider())
                            .orElseThrow(() ->
                                    new ModelFailure.ConnectionFailed("provider is gone", null));
            stream.ask();
            return model.stream(
                    new Prompt(
                            step.model(),
                            step.region(),
                            call.conversation(),
                            step.limits().connect(),
                            step.streamed()));
        });
    }
}
