package dev.orrery.ingest.admin.experiments;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the rows of the turns say of an experiment, as of now. */
@Component
final class Results {

    /**
     * The turns of an experiment. A turn is the arm's own when the model that answered, by the
     * trace of its attempts, is the one that the arm's revision names. One whose user was helped
     * instead of answered is nobody's.
     */
    private static final String TURNS =
            """
            with turns as (
              select t.experiment_arm as arm, t.user_id, f.rating, t.charge_micros, t.cost_micros,
                     extract(epoch from t.finished_at - t.accepted_at) * 1000 as latency,
                     extract(epoch from t.first_token_at - t.accepted_at) * 1000 as first_token,
                     case when 'crisis' = any (t.marks) then 'crisis'
                          when t.state <> 'completed' then t.state
                          when coalesce(a.provider, t.provider) = r.provider
                           and coalesce(a.model, t.model) = r.model then 'answered'
                          else 'fallback' end as became
                from chat.turns t
                join chat.config_revisions r on r.revision_id = t.revision_id
                left join chat.feedback f on f.turn_id = t.turn_id
                left join lateral (
                  select attempt ->> 'provider' as provider, attempt ->> 'model' as model
                    from jsonb_array_elements(t.attempts) as attempt
                   where attempt ->> 'result' = 'answered' limit 1) a on true
               where t.experiment_id = $1)
            """;

    private static final String COUNTS =
            TURNS
                    + """
                    select arm, count(distinct user_id) as users, count(*) as turns,
                           count(*) filter (where became = 'open') as open,
                           count(*) filter (where became = 'cancelled') as cancelled,
                           count(*) filter (where became = 'answered') as answered,
                           count(*) filter (where became = 'fallback') as fallback,
                           count(*) filter (where became = 'failed') as failed,
                           count(*) filter (where became = 'crisis') as crisis,
                           percentile_cont(array[0.5, 0.95]) within group (order by latency::float8)
                             filter (where became = 'answered') as latency,
                           percentile_cont(array[0.5, 0.95]) within group (order by first_token::float8)
                             filter (where became = 'answered') as first_token
                      from turns group by arm
                    """;

    /** For each measure the sums over users that {@link Estimate#of} wants. */
    private static final String ESTIMATES =
            TURNS
                    + """
                    , measured as (
                      select t.arm, t.user_id, m.measure, count(*) as times, sum(m.value::float8) as total
                        from turns t
                       cross join lateral (values
                         ('success',     case when became in ('answered', 'failed')
                                              then (became = 'answered')::int::numeric end),
                         ('thumbs',      case when became = 'answered' then (rating = 'up')::int::numeric end),
                         ('latency',     case when became = 'answered' then latency end),
                         ('first_token', case when became = 'answered' then first_token end),
                         ('charge',      case when became = 'answered' then charge_micros::numeric end),
                         ('cost',        case when became = 'answered' then cost_micros::numeric end))
                         as m (measure, value)
                       where m.value is not null
                       group by t.arm, t.user_id, m.measure),
                    compared as (
                      select arm, measure, times, total,
                             sum(total) over arms / sum(times) over arms as mean
                        from measured window arms as (partition by arm, measure))
                    select arm, measure, count(*) as users, sum(times)::float8 as times, sum(total) as total,
                           sum(power(total - mean * times, 2)) as squares
                      from compared group by arm, measure
                    """;

    /** Hundreds of thousands of turns are read within seconds; who has more waits for less. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Each holds a connection for as long as it reads; most are to be left to chats. */
    private static final int MOST_AT_ONCE = 2;

    private final Store store;
    private final AtomicInteger reading = new AtomicInteger();

    Results(Store store) {
        this.store = store;
    }

    /**
     * An experiment in numbers.
     *
     * @param arms in the order of the experiment
     */
    record Summary(
            UUID experiment, String name, String state, List<ArmResult> arms, Verdict verdict) {}

    /**
     * The two readings may be a moment apart; the experiment may go on meanwhile. A {@link
     * dev.orrery.pipeline.http.Problem} when others are being read.
     */
    Mono<Summary> of(Experiment experiment) {
        return Mono.defer(() -> {
            if (reading.incrementAndGet() > MOST_AT_ONCE) {
                reading.decrementAndGet();
                return Mono.error(
                        ProblemCode.unavailable("results of other experiments are being read"));
            }
            return store.slowly(LONGEST, slow -> read(slow, experiment))
                    .doFinally(ignored -> reading.decrementAndGet());
        });
    }

    private static Mono<Summary> read(Store slow, Experiment experiment) {
        return counts(slow, experiment.id())
                .flatMap(counts ->
                        estimates(slow, experiment.id())
                                .map(estimates -> summary(experiment, counts, estimates)));
    }

    private static Summary summary(
            Experiment experiment,
            Map<String, Counts> counts,
            Map<String, Map<Goal, Estimate>> estimates) {
        var goals = new LinkedHashMap<String, Estimate>();
        var arms =
                experiment.arms().stream()
                        .map(arm -> {
                            var label = experiment.name() + "/" + arm.name();
                            var measured = estimates.getOrDefault(label, Map.of());
                            goals.put(
                                    arm.name(),
                                    measured.getOrDefault(experiment.goal(), Estimate.NOTHING));
                            return counts.getOrDefault(label, Counts.NONE)
                                    .with(arm.name(), measured);
                        })
                        .toList();
        return new Summary(
                experiment.id(),
                experiment.name(),
                experiment.state(),
                arms,
                Verdict.of(experiment.goal(), goals));
    }

    private static Mono<Map<String, Counts>> counts(Store store, UUID experiment) {
        return store.all(store.sql(COUNTS).bind(0, experiment), Counts::read)
                .collectMap(Counts::arm);
    }

    private static Mono<Map<String, Map<Goal, Estimate>>> estimates(Store store, UUID experiment) {
        return store.all(store.sql(ESTIMATES).bind(0, experiment), Measured::read)
                .collect(
                        LinkedHashMap::new,
                        (all, each) ->
                                all.computeIfAbsent(each.arm(), arm -> new EnumMap<>(Goal.class))
                                        .put(each.measure(), each.estimate()));
    }

    private record Measured(String arm, Goal measure, Estimate estimate) {

        static Measured read(Readable row) {
            return new Measured(
                    required(row, "arm", String.class),
                    Goal.of(required(row, "measure", String.class)),
                    Estimate.of(
                            required(row, "users", Long.class),
                            required(row, "times", Double.class),
                            required(row, "total", Double.class),
                            required(row, "squares", Double.class)));
        }
    }

    private record Counts(
            String arm,
            long users,
            long turns,
            long open,
            long cancelled,
            long answered,
            long fallback,
            long failed,
            long crisis,
            @Nullable List<Double> latency,
            @Nullable List<Double> firstToken) {

        static final Counts NONE = new Counts("", 0, 0, 0, 0, 0, 0, 0, 0, null, null);

        static Counts read(Readable row) {
            return new Counts(
                    required(row, "arm", String.class),
                    required(row, "users", Long.class),
                    required(row, "turns", Long.class),
                    required(row, "open", Long.class),
                    required(row, "cancelled", Long.class),
                    required(row, "answered", Long.class),
                    required(row, "fallback", Long.class),
                    required(row, "failed", Long.class),
                    required(row, "crisis", Long.class),
                    percentiles(row, "latency"),
                    percentiles(row, "first_token"));
        }

        private static @Nullable List<Double> percentiles(Readable row, String name) {
            var values = row.get(name, Double[].class);
            return values == null ? null : List.of(values);
        }

        ArmResult with(String name, Map<Goal, Estimate> measured) {
            return new ArmResult(
                    name,
                    users,
                    turns,
                    open,
                    cancelled,
                    answered,
                    fallback,
                    failed,
                    crisis,
                    ArmResult.Rate.of(measured.getOrDefault(Goal.SUCCESS, Estimate.NOTHING)),
                    ArmResult.Thumbs.of(measured.getOrDefault(Goal.THUMBS, Estimate.NOTHING)),
                    ArmResult.Spread.of(
                            measured.getOrDefault(Goal.LATENCY, Estimate.NOTHING), latency),
                    ArmResult.Spread.of(
                            measured.getOrDefault(Goal.FIRST_TOKEN, Estimate.NOTHING), firstToken),
                    ArmResult.Amount.of(measured.getOrDefault(Goal.CHARGE, Estimate.NOTHING)),
                    ArmResult.Amount.of(measured.getOrDefault(Goal.COST, Estimate.NOTHING)));
        }
    }
}
