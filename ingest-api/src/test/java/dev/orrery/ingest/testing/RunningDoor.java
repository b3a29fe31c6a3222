package dev.orrery.ingest.testing;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.ingest.IngestApi;
import dev.orrery.pipeline.database.Migrations;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The door on a free port, with a database of its own and the Kafka and registry that all tests
 * share.
 */
public final class RunningDoor implements AutoCloseable {

    /** Of every topic that has more than one. */
    static final int PARTITIONS = 3;

    private static final AtomicInteger USERS = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final String database;

    /** Of the superuser, past the door. */
    private final Connection connection;

    private RunningDoor(ConfigurableApplicationContext context, String database) {
        this.context = context;
        this.database = database;
        this.connection = connect(database);
    }

    /** A database with every bot the tests talk to. */
    public static String newDatabase() {
        var name = SharedServers.newDatabase();
        var server = SharedServers.database();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        try (var connection = connect(name)) {
            Bots.insert(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return name;
    }

    public static RunningDoor start(String... properties) {
        return start(newDatabase(), List.of(), properties);
    }

    /**
     * @param beans stand in for the beans of the same type
     */
    public static RunningDoor start(
            String database,
            List<ApplicationContextInitializer<GenericApplicationContext>> beans,
            String... properties) {
        SpringApplicationBuilder app = IngestApi.app();
        for (var bean : beans) {
            app.initializers(bean);
        }
        return new RunningDoor(app.run(arguments(database, properties)), database);
    }

    private static String[] arguments(String database, String... properties) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("server.port", "0");
        settings.put("spring.jmx.enabled", "false");
        settings.put("orrery.kafka.bootstrap-servers", SharedServers.kafka().bootstrapServers());
        settings.put("orrery.kafka.partitions", Integer.toString(PARTITIONS));
        settings.put("orrery.registry.url", SharedServers.registry().url().toString());
        settings.put("orrery.database.url", SharedServers.database().url(database));
        settings.put("orrery.tokens.secret", Tokens.SECRET);
        settings.put("orrery.tokens.audience", Tokens.AUDIENCE);
        settings.put("orrery.tokens.longest-life", "1h");
        settings.put("orrery.door.home-partition", "0");
        settings.put("orrery.messages.deadline", "10m"); // nothing ends of itself
        settings.put("orrery.sweeper.interval", "1h"); // nothing is swept but on purpose
        settings.put("orrery.replies.check-after", "250ms");
        settings.put("orrery.replies.keep-alive", "400ms");
        for (var property : properties) {
            int equals = property.indexOf('=');
            settings.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public String database() {
        return database;
    }

    /** Somebody who has never been here. */
    public User stranger() {
        return new User(this, "user-" + USERS.incrementAndGet() + "-" + UUID.randomUUID());
    }

    /** What this instance counts or shows under the name. */
    public double meter(String name) {
        var meters = bean(MeterRegistry.class);
        var gauge = meters.find(name).gauge();
        return gauge == null ? meters.counter(name).count() : gauge.value();
    }

    /** Somebody with a full profile and money for some messages. */
    public User guest() {
        var user = stranger();
        user.putProfile();
        user.topUp(1_000_000_000L);
        return user;
    }

    /** What a query says, as text, rows parted by semicolons. */
    public String query(String sql) {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return String.join(";", rows);
    }

    /**
     * Changes as soon as anything that a request may change changes. Marks are left out: they
     * follow earlier requests in their own time; and so are crowds, which are many and which no
     * request is about.
     */
    public String fingerprint() {
        return query(
                """
                select md5(coalesce(string_agg(line, '|' order by line), '')) from (
                  select (to_jsonb(t) - '{request_published_at,outcome_published_at,swept_at}'::text[])::text as line
                    from chat.turns t where t.user_id not like 'crowd-%'
                  union all select s::text from chat.sessions s where s.user_id not like 'crowd-%'
                  union all select u::text from chat.users u where u.user_id not like 'crowd-%'
                  union all select x::text from chat.erasures x
                  union all select p::text from chat.profiles p   union all select w::text from billing.wallets w
                  union all select h::text from billing.holds h   union all select e::text from billing.entries e
                  union all select b::text from chat.bots b       union all select c::text from chat.llm_configs c
                  union all select r.revision_id::text from chat.config_revisions r
                  union all select a.change_id::text from chat.admin_changes a
                  union all select x::text from chat.experiments x
                  union all select m::text from chat.memories m   union all select f::text from chat.feedback f
                  union all select r::text from llm.fallback_rules r
                  union all select p::text from llm.prices p
                ) as everything
                """);
    }

    public void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Connection connect(String database) {
        var server = SharedServers.database();
        try {
            return DriverManager.getConnection(server.jdbcUrl(database), server.superuser(), "");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        context.close();
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
