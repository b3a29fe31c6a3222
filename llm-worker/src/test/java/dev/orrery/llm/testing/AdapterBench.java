package dev.orrery.llm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.springframework.util.unit.DataSize;

/**
 * An adapter, and a provider that is played to it. Who adds an adapter says here how its provider
 * writes, and has {@link ChatModelContract} for nothing.
 */
public abstract class AdapterBench {

    /** Planted into whatever a provider says of an error: must not come back. */
    public static final String MARKER = "provider-secret-4711";

    /** One connection, and small bounds. */
    private static final HttpSettings SETTINGS =
            new HttpSettings(
                    1,
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(5),
                    DataSize.ofKilobytes(8),
                    DataSize.ofKilobytes(16));

    protected final PlayedProvider provider = new PlayedProvider();
    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    /** The adapter. */
    public abstract ChatModel open(String url, HttpSettings settings, Ticker ticker);

    /** A whole answer of these pieces of text, each piece a packet, with usage and finish. */
    public abstract PlayedAnswer answering(String... texts);

    /** The same without its end: no finish. */
    public abstract PlayedAnswer beginning(String... texts);

    /** A whole answer that comes as one body, with usage and finish. */
    public abstract PlayedAnswer whole(String text);

    /** The same, and nothing says why the model stopped. */
    public abstract PlayedAnswer wholeWithoutEnd(String text);

    /** Something that comes like a whole answer of this protocol, and is none. */
    public PlayedAnswer brokenWhole() {
        return PlayedAnswer.json(200, "{\"" + MARKER);
    }

    /** The model wants {@code get_weather} called, with {@code {"city":"Oslo"}}. */
    public abstract PlayedAnswer calling();

    /** The same as one body. */
    public abstract PlayedAnswer wholeCalling();

    /** How tools that were called are written. */
    public abstract ToolForms toolForms();

    /** Header in which this provider tells its id of a request. */
    public String requestIdHeader() {
        return "x-request-id";
    }

    /** An event that tells of an overload, or of whatever errors this protocol has. */
    public abstract List<byte[]> errorEvent();

    public Class<? extends ModelFailure> errorEventMeans() {
        return ModelFailure.Overloaded.class;
    }

    /** Something that comes like an event of this protocol, and is none. */
    public abstract List<byte[]> brokenEvent();

    /** Of this protocol's streams. */
    public String contentType() {
        return "text/event-stream";
    }

    public final PlayedProvider provider() {
        return provider;
    }

    public final ChatModel model() {
        return model(Ticker.system());
    }

    public final ChatModel model(Ticker ticker) {
        return open(provider.url(), SETTINGS, ticker);
    }

    /** Closes it after the test. */
    protected final <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    public final Heard hear(PlayedAnswer answer) {
        provider.playing(answer);
        return Heard.of(model().stream(Prompts.plain("model-1")));
    }

    /** As {@link #hear}, of a prompt that is not streamed. */
    public final Heard hearWhole(PlayedAnswer answer) {
        provider.playing(answer);
        return Heard.of(model().stream(Prompts.whole("model-1")));
    }

    public final void assertFails(PlayedAnswer answer, Class<? extends ModelFailure> kind) {
        var heard = hear(answer);
        assertThat(heard.failure()).isExactlyInstanceOf(kind).message().doesNotContain(MARKER);
        assertThat(heard.finishes()).isEmpty();
    }

    @AfterEach
    final void close() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
        provider.close();
    }
}
