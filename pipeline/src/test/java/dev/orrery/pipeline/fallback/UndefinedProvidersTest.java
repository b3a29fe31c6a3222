package dev.orrery.pipeline.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UndefinedProvidersTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(UndefinedProviders.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HandSetClock clock = new HandSetClock();
    private final UndefinedProviders undefined = new UndefinedProviders(meters, clock);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private List<String> said() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private double counted(String provider) {
        return meters.counter(UndefinedProviders.METER, "provider", provider).count();
    }

    /** FB-3. */
    @Test
    void areSpokenOfInTheWordsOfTheReferenceGuide() {
        // when
        undefined.seen("openai");

        // then
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.WARN);
                    assertThat(event.getFormattedMessage())
                            .isEqualTo(
                                    "[LLM_GATEWAY_CLIENT] ⚠️ No specific fallback defined for provider: openai");
                    assertThat(event.getKeyValuePairs())
                            .singleElement()
                            .hasToString("provider=\"openai\"");
                });
    }

    @Test
    void areCountedEachTimeAndSpokenOfOnceAMinute() {
        // given
        undefined.seen("openai");
        undefined.seen("openai");
        clock.advance(Duration.ofSeconds(59));
        undefined.seen("openai");

        // when
        clock.advance(Duration.ofSeconds(1));
        undefined.seen("openai");

        // then
        assertThat(counted("openai")).isEqualTo(4);
        assertThat(said()).hasSize(2);
    }

    @Test
    void areToldApart() {
        // when
        undefined.seen("openai");
        undefined.seen("groq");

        // then
        assertThat(said()).hasSize(2);
        assertThat(counted("openai")).isEqualTo(1);
        assertThat(counted("groq")).isEqualTo(1);
    }

    @Test
    void fillNeitherTheMetersNorTheLog() {
        // when
        for (int i = 0; i < 1_000; i++) {
            undefined.seen("invented-" + i);
        }

        // then
        assertThat(meters.find(UndefinedProviders.METER).counters())
                .hasSize(UndefinedProviders.MOST_NAMES + 1);
        assertThat(counted(UndefinedProviders.OTHERS))
                .isEqualTo(1_000 - UndefinedProviders.MOST_NAMES);
        assertThat(said()).hasSize(UndefinedProviders.MOST_NAMES + 1);
    }

    @Test
    void writeNoSecondLineAndNoLongOne() {
        // when
        undefined.seen("x\n2026 ERROR forged\u2028\u0007" + "y".repeat(10_000));

        // then
        assertThat(said())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("x?2026 ERROR forged??yyy").hasSizeLessThan(200));
    }

    private static final class HandSetClock extends Clock {

        private Instant now = Instant.EPOCH;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
