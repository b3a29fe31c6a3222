package dev.orrery.llm.provider;

import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Prompt;
import java.util.BitSet;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * One provider by several keys. A key that is refused, or out of its share, leaves the call to the
 * next one, at once and unnoticed, as long as nothing of an answer has been passed on. When all
 * keys rest, a call fails without asking anybody, and says how long that will last.
 */
final class PooledChatModel implements ChatModel {

    private final List<ChatModel> models;
    private final KeyPool pool;

    /**
     * @param models the same one by each of the keys
     */
    PooledChatModel(List<ChatModel> models, KeyPool pool) {
        this.models = List.copyOf(models);
        this.pool = pool;
    }

    int restingKeys() {
        return pool.resting();
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() -> new Call(prompt).begin());
    }

    /** One call on its way through the keys. Its signals come one at a time. */
    private final class Call {

        private final Prompt prompt;
        private final BitSet tried = new BitSet(models.size());
        private volatile boolean begun;
        private volatile boolean limited;

        Call(Prompt prompt) {
            this.prompt = prompt;
        }

        Flux<ModelChunk> begin() {
            var key = pool.take(prompt.model(), tried);
            return key.isPresent() ? by(key.getAsInt()) : Flux.error(allRest());
        }

        private Flux<ModelChunk> by(int key) {
            tried.set(key);
            return models.get(key).stream(prompt)
                    .doOnNext(chunk -> note(key, chunk))
                    .onErrorResume(ModelFailure.class, failure -> next(key, failure));
        }

        private void note(int key, ModelChunk chunk) {
            begun = true;
            if (chunk instanceof ModelChunk.Finished) {
                pool.worked(key, prompt.model());
            }
        }

        private Flux<ModelChunk> next(int key, ModelFailure failure) {
            limited |= failure instanceof ModelFailure.RateLimited;
            if (!pool.failed(key, prompt.model(), failure) || begun) {
                return Flux.error(failure);
            }
            var other = pool.take(prompt.model(), tried);
            if (other.isPresent()) {
                return by(other.getAsInt());
            }
            // Waiting helps where a key rests for its share; where none is accepted it does not.
            boolean allRefused = tried.cardinality() == models.size() && !limited;
            return Flux.error(allRefused ? failure : allRest());
        }

        private ModelFailure allRest() {
            return new ModelFailure.RateLimited(
                    "all " + models.size() + " keys rest", pool.shortestWait(prompt.model()));
        }
    }
}
