package dev.orrery.pipeline.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the schema registry is.
 *
 * @param url http address; several parted by commas, tried in this order
 */
@ConfigurationProperties("orrery.registry")
record RegistryProperties(@DefaultValue("http://localhost:8081") String url) {}
