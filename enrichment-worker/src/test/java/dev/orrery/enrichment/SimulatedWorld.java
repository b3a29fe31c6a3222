package dev.orrery.enrichment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.Document;
import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.Source;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.simulator.Simulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulated services, at one moment: they stand for the tests of a class, and play no script
 * when a test begins.
 */
public final class SimulatedWorld
        implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    public static final Duration PATIENCE = Duration.ofSeconds(20);
    public static final HttpSettings HTTP =
            new HttpSettings(6, 100, Duration.ofSeconds(5), DataSize.ofMegabytes(1));

    private final Clock clock;
    private @Nullable Simulator simulator;

    public SimulatedWorld(Instant now) {
        this.clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        simulator = Simulator.start(0, clock);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        services().reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        services().close();
    }

    public Clock clock() {
        return clock;
    }

    public Simulator services() {
        return requireNonNull(simulator, "BUG: asked for before it stands");
    }

    public static Profile profile(String document) {
        return new Profile(JsonMapper.shared().readTree(document));
    }

    /** What the source makes of the answer to the question that this user raises. */
    public static <Q extends Question, D extends Document> Mono<D> asked(
            Source<Q, D, ?> source, Profile profile) {
        var question = source.question(profile);
        return source.fetch(question)
                .map(source::validate)
                .map(answer -> source.normalise(answer, question));
    }

    /** Nothing comes of the question but this failure, which repeats nothing that was answered. */
    public static void assertFails(Source<?, ?, ?> source, Profile profile, String code) {
        assertThatThrownBy(() -> asked(source, profile).block(PATIENCE))
                .isInstanceOfSatisfying(
                        SourceFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageNotContaining("SECRET");
    }

    /** Nothing can be asked about this user. */
    public static void assertNotAskable(Source<?, ?, ?> source, Profile profile, String code) {
        assertThatThrownBy(() -> source.question(profile))
                .isInstanceOfSatisfying(
                        SourceFailure.NotAskable.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
