package dev.orrery.ingest.testing;

import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.topics.Topic;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Hears everything that stands in a topic, from its beginning on. */
public final class TopicListener<T extends SpecificRecord> implements AutoCloseable {

    private final Queue<Event<T>> heard = new ConcurrentLinkedQueue<>();
    private final Disposable listening;

    public TopicListener(RunningDoor door, Topic<T> topic) {
        var tail = door.bean(TopicTail.class);
        int partitions = topic.partitions() == 1 ? 1 : RunningDoor.PARTITIONS;
        this.listening =
                Flux.merge(
                                IntStream.range(0, partitions)
                                        .mapToObj(partition -> tail.tail(topic, partition, 0L))
                                        .toList())
                        .subscribe(tailed -> heard.add(tailed.event()));
    }

    /** The events of a turn that were heard so far, in their order. */
    public List<Event<T>> of(String turn) {
        return heard.stream()
                .filter(event -> turn.equals(event.context().correlationId()))
                .toList();
    }

    @Override
    public void close() {
        listening.dispose();
    }
}
