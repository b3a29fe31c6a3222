package dev.orrery.pipeline.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Several guarantees that watch the same run. Safe on any thread. */
public final class Guarantees implements Guarantee {

    private final List<Guarantee> all;

    public Guarantees(List<Guarantee> all) {
        this.all = List.copyOf(all);
    }

    /**
     * What a stage promises.
     *
     * @param partitionOf where the events of a key stand
     */
    public static Guarantees ofAStage(ToIntFunction<String> partitionOf) {
        return new Guarantees(
                List.of(
                        new EveryEventIsHandled(),
                        new EveryEffectIsWritten(),
                        new OneAtATimePerKey(),
                        new InOrderPerKey(partitionOf),
                        new CommitsOnlyTheHandledPrefix(),
                        new CommitsNeverGoBack()));
    }

    @Override
    public String statement() {
        return String.join("; ", all.stream().map(Guarantee::statement).toList());
    }

    @Override
    public void onSent(Sent event) {
        all.forEach(each -> each.onSent(event));
    }

    @Override
    public void onStarted(Sighting event) {
        all.forEach(each -> each.onStarted(event));
    }

    @Override
    public void onFinished(Sighting event) {
        all.forEach(each -> each.onFinished(event));
    }

    @Override
    public void onBuried(Sighting event) {
        all.forEach(each -> each.onBuried(event));
    }

    @Override
    public void onWritten(String key, int sequence) {
        all.forEach(each -> each.onWritten(key, sequence));
    }

    @Override
    public void onAbandoned(Sighting event) {
        all.forEach(each -> each.onAbandoned(event));
    }

    @Override
    public void onAssigned(int partition, String member) {
        all.forEach(each -> each.onAssigned(partition, member));
    }

    @Override
    public void onCommitted(int partition, long offset) {
        all.forEach(each -> each.onCommitted(partition, offset));
    }

    /** The violations of all, each with the statement it breaks. */
    @Override
    public List<String> violations() {
        var found = new ArrayList<String>();
        all.forEach(
                each -> each.violations().forEach(one -> found.add(each.statement() + ": " + one)));
        return found;
    }
}
