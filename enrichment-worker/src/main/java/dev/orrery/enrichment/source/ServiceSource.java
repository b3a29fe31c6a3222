package dev.orrery.enrichment.source;

/**
 * What all sources have that ask a service: a name, a version, limits, a text in each format, and
 * connections to hang up. What is asked, how, and what the answer means is left to each.
 */
public abstract class ServiceSource<Q extends Question, D extends Document, E>
        implements Source<Q, D, E>, AutoCloseable {

    private final String kind;
    private final int version;
    private final Class<D> documentType;
    private final SourceLimits limits;
    private final Texts<E> texts;
    private final Runnable hangUp;

    /**
     * @param kind as {@link #kind} tells it
     * @param version as {@link #version} tells it
     * @param hangUp ends what the source holds open; may be run twice
     */
    protected ServiceSource(
            String kind,
            int version,
            Class<D> documentType,
            SourceLimits limits,
            Texts<E> texts,
            Runnable hangUp) {
        this.kind = kind;
        this.version = version;
        this.documentType = documentType;
        this.limits = limits;
        this.texts = texts;
        this.hangUp = hangUp;
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final int version() {
        return version;
    }

    @Override
    public final Class<D> documentType() {
        return documentType;
    }

    @Override
    public final SourceLimits limits() {
        return limits;
    }

    @Override
    public final String format(E enriched, Format format) {
        return texts.of(enriched, format);
    }

    @Override
    public final void close() {
        hangUp.run();
    }
}
