package dev.orrery.billing.ledger;

import dev.orrery.pipeline.database.Columns;
import dev.orrery.pipeline.stage.StageFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.R2dbcException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** {@link Ledger} on the function {@code billing.book} of migration V002. */
public final class PostgresLedger implements Ledger {

    private static final Logger log = LoggerFactory.getLogger(PostgresLedger.class);

    /** Classes of SQL states: data exception, integrity constraint violation. */
    private static final Set<String> DATA_STATES = Set.of("22", "23");

    private final DatabaseClient database;
    private final Counter settled;
    private final Counter released;
    private final Counter passedOver;
    private final Counter uncollectedMicros;

    public PostgresLedger(DatabaseClient database, MeterRegistry meters) {
        this.database = database;
        this.settled = turns(meters, "settled");
        this.released = turns(meters, "released");
        this.passedOver = turns(meters, "passed_over");
        this.uncollectedMicros = meters.counter("orrery.billing.uncollected.micros");
    }

    @Override
    public Mono<Integer> book(List<TurnCharge> charges) {
        if (charges.isEmpty()) {
            return Mono.just(0);
        }
        return database.sql("select turn_id, charged_micros from billing.book(:turns, :charges)")
                .bind("turns", charges.stream().map(TurnCharge::turn).toArray(UUID[]::new))
                .bind("charges", charges.stream().map(TurnCharge::micros).toArray(Long[]::new))
                .map(row ->
                        new TurnCharge(
                                Columns.required(row, "turn_id", UUID.class),
                                Columns.required(row, "charged_micros", Long.class)))
                .all()
                .collectList()
                .onErrorMap(failure -> !isFaultOfTheData(failure), PostgresLedger::outage)
                .doOnNext(closed -> count(charges, closed))
                .map(List::size);
    }

    /**
     * What another company or another time could not mend: a value that does not fit, a broken
     * constraint.
     */
    private static boolean isFaultOfTheData(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof R2dbcException refused) {
                var state = refused.getSqlState();
                return state != null && DATA_STATES.stream().anyMatch(state::startsWith);
            }
        }
        return false;
    }

    /**
     * Anything else is no reason to bury what somebody owes: a database that is away or not yet
     * migrated, a right that is missing, a pool that is being closed. It is tried again, and the
     * stage turns unhealthy if it lasts.
     */
    private static StageFailure.Transient outage(Throwable failure) {
        return new StageFailure.Transient("ledger: " + failure.getClass().getSimpleName(), failure);
    }

    private void count(List<TurnCharge> asked, List<TurnCharge> closed) {
        var wanted =
                asked.stream()
                        .collect(Collectors.toMap(TurnCharge::turn, TurnCharge::micros, Math::max));
        passedOver.increment(wanted.size() - closed.size());
        for (var each : closed) {
            (each.micros() > 0 ? settled : released).increment();
            noteUncollected(each, wanted);
        }
    }

    /**
     * A charge is never above its hold; where it would have been, the difference is lost and must
     * be seen.
     */
    private void noteUncollected(TurnCharge booked, Map<UUID, Long> wanted) {
        long missing = wanted.getOrDefault(booked.turn(), 0L) - booked.micros();
        if (missing > 0) {
            uncollectedMicros.increment(missing);
            log.warn(
                    "A charge was above its hold: turn={} uncollectedMicros={}",
                    booked.turn(),
                    missing);
        }
    }

    private static Counter turns(MeterRegistry meters, String result) {
        return meters.counter("orrery.billing.turns", "result", result);
    }
}
