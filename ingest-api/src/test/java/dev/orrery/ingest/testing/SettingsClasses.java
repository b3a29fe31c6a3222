package dev.orrery.ingest.testing;

import static java.util.Objects.requireNonNull;

import dev.orrery.pipeline.boot.GatewayProperties;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Every record that settings of this app alone are bound to, and the one of the gateway. */
public final class SettingsClasses {

    private SettingsClasses() {}

    public static Stream<Class<?>> all() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        var own =
                scanner.findCandidateComponents("dev.orrery.ingest").stream()
                        .<Class<?>>map(found ->
                                ClassUtils.resolveClassName(
                                        requireNonNull(found.getBeanClassName()), null));
        return Stream.concat(own, Stream.of(GatewayProperties.class));
    }

    /** Below which name a record's settings stand. */
    public static String prefix(Class<?> settings) {
        return settings.getAnnotation(ConfigurationProperties.class).value();
    }

    /** Every setting by its full name, with its default; a dash for none. */
    public static Map<String, String> defaults() {
        var defaults = new TreeMap<String, String>();
        all().forEach(settings ->
                Arrays.stream(settings.getRecordComponents())
                        .forEach(each ->
                                defaults.put(
                                        prefix(settings) + "." + kebab(each),
                                        defaultOf(settings, each))));
        return defaults;
    }

    private static String kebab(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The annotation stands at the constructor's parameter. */
    private static String defaultOf(Class<?> settings, RecordComponent component) {
        return Arrays.stream(settings.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .map(value -> value == null ? "–" : value.value()[0])
                .findFirst()
                .orElse("–");
    }
}
