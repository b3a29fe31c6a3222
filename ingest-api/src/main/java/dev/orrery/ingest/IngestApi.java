package dev.orrery.ingest;

import dev.orrery.pipeline.boot.GatewayProperties;
import dev.orrery.pipeline.boot.OrreryApp;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The door as an application. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(GatewayProperties.class)
public class IngestApi {

    /**
     * The application, ready to be run or to be given further settings; reads {@code
     * ingest-api.yml}.
     */
    public static SpringApplicationBuilder app() {
        return OrreryApp.builder(IngestApi.class, "ingest-api");
    }

    public static void main(String[] arguments) {
        app().run(arguments);
    }
}
