package dev.orrery.pipeline.database;

import dev.orrery.pipeline.stage.StageFailure;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, slow or busy from a statement that will never work. */
public final class DatabaseFailures {

    /**
     * Beginnings of the SQL states that speak of the server and not of the statement: connection
     * lost, access refused, serialization failure and deadlock, resources exhausted, lock not
     * available, cancelled or shut down, read-only after a failover.
     */
    private static final List<String> PASSING_STATES =
            List.of("08", "28", "40", "53", "55P03", "57", "25006");

    private DatabaseFailures() {}

    /**
     * For {@code onErrorMap}: a {@link StageFailure.Transient} when the same call may work later,
     * otherwise the failure as it is, which is a defect.
     */
    public static Throwable classified(Throwable failure) {
        if (failure instanceof StageFailure) {
            return failure;
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (passes(each)) {
                return new StageFailure.Transient(
                        label(each) + each.getClass().getSimpleName(), failure);
            }
        }
        return failure;
    }

    /** A time-out and a broken connection may be anybody's: handlers call others, too. */
    private static String label(Throwable failure) {
        return failure instanceof R2dbcException ? "database: " : "away: ";
    }

    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case TimeoutException ignored -> true;
            case IOException ignored -> true;
            case R2dbcTransientException ignored -> true; // time-outs and rollbacks among them
            case R2dbcNonTransientResourceException ignored -> true;
            case R2dbcException other -> isPassing(other.getSqlState());
            default -> false;
        };
    }

    private static boolean isPassing(@Nullable String sqlState) {
        return sqlState != null && PASSING_STATES.stream().anyMatch(sqlState::startsWith);
    }
}
