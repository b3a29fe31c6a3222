package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.policy.GiveUp;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.PublishedAnnouncements;
import dev.orrery.pipeline.turn.RowGiveUp;
import dev.orrery.pipeline.turn.TurnRows;
import dev.orrery.pipeline.turn.Turns;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** The database and the turns in it; switched off for an app that has none. */
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        beforeName =
                "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration")
@ConditionalOnProperty(name = "orrery.database.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DatabaseProperties.class, TurnProperties.class})
class DatabaseAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Database database(
            DatabaseProperties properties,
            @Value("${spring.application.name:orrery}") String name) {
        return new Database(
                DatabaseAddress.parse(properties.url()),
                properties.user(),
                properties.password(),
                properties.poolSize(),
                name);
    }

    @Bean(destroyMethod = "dispose")
    @ConditionalOnMissingBean(ConnectionFactory.class)
    ConnectionPool connectionPool(Database database) {
        return database.open();
    }

    @Bean
    @ConditionalOnMissingBean
    DatabaseClient databaseClient(ConnectionFactory connections) {
        return DatabaseClient.create(connections);
    }

    @Bean
    @ConditionalOnMissingBean
    Turns turns(DatabaseClient database, TurnProperties properties) {
        return new TurnRows(database, properties.lease());
    }

    @Bean
    @ConditionalOnMissingBean
    Announcements announcements(Publisher publisher, Turns turns) {
        return new PublishedAnnouncements(publisher, turns);
    }

    @Bean
    @ConditionalOnMissingBean
    GiveUp giveUp(Turns turns, Announcements announcements) {
        return new RowGiveUp(turns, announcements);
    }
}
