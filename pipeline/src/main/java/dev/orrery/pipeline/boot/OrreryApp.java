package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.serde.TrustedEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** How every app of Orrery is started, alone or beside the others in one process. */
public final class OrreryApp {

    private OrreryApp() {}

    /**
     * An app, ready to run. Its own configuration is {@code <name>.yml}; beneath it lie the
     * defaults that all apps share ({@code dev/orrery/pipeline/boot/defaults.properties}), which
     * also say which environment variable sets what.
     *
     * @param app the class whose package is scanned, and nothing outside of it
     * @param name of the module, for example {@code llm-worker}: its configuration file, its log
     *     prefix, the source of its events; the part before the hyphen is its service, whose
     *     database role is {@code orrery_<service>}
     */
    public static SpringApplicationBuilder builder(Class<?> app, String name) {
        TrustedEvents.trust();
        var properties = defaults();
        properties.setProperty("spring.config.name", name);
        properties.setProperty("spring.application.name", name);
        properties.setProperty(
                "orrery.service", name.contains("-") ? name.substring(0, name.indexOf('-')) : name);
        return new SpringApplicationBuilder(app, HttpThreads.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(true)
                .properties(properties);
    }

    private static Properties defaults() {
        try {
            return PropertiesLoaderUtils.loadProperties(
                    new ClassPathResource("defaults.properties", OrreryApp.class));
        } catch (IOException broken) {
            throw new UncheckedIOException("BUG: the defaults are not in the jar", broken);
        }
    }
}
