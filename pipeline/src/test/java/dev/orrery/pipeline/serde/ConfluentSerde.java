package dev.orrery.pipeline.serde;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Confluent's own serializer and deserializer, in a class loader that shares nothing with ours but
 * the JDK: they bring an Avro and a Kafka of their own. The build copies the jar, see pom.xml.
 */
final class ConfluentSerde {

    private static final Path JAR = Path.of("target", "oracle", "confluent-serde.jar");

    private final Object serializer;
    private final Object deserializer;

    ConfluentSerde(String registryUrl) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR + " is missing (expected: run by Maven, which copies it)");
        }
        // Stays open: the classes load others as they go, to the end of the tests.
        var loader = new URLClassLoader(new URL[] {url()}, ClassLoader.getPlatformClassLoader());
        Map<String, Object> settings =
                Map.of("schema.registry.url", registryUrl, "auto.register.schemas", true);
        serializer = made(loader, "io.confluent.kafka.serializers.KafkaAvroSerializer", settings);
        deserializer =
                made(loader, "io.confluent.kafka.serializers.KafkaAvroDeserializer", settings);
    }

    /** A generic record of the other Avro; its text is JSON. */
    Object read(String topic, byte[] bytes) {
        return call(
                deserializer,
                "deserialize",
                new Class<?>[] {String.class, byte[].class},
                topic,
                bytes);
    }

    /**
     * @param record as {@link #read} gives it
     */
    byte[] write(String topic, Object record) {
        return (byte[])
                call(
                        serializer,
                        "serialize",
                        new Class<?>[] {String.class, Object.class},
                        topic,
                        record);
    }

    private static Object made(ClassLoader loader, String name, Map<String, Object> settings) {
        try {
            var made = loader.loadClass(name).getConstructor().newInstance();
            call(made, "configure", new Class<?>[] {Map.class, boolean.class}, settings, false);
            return made;
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(name + " is not in " + JAR, failure);
        }
    }

    /** The context class loader is theirs during the call: they look for classes by name there. */
    private static Object call(
            Object target, String method, Class<?>[] types, Object... arguments) {
        var thread = Thread.currentThread();
        var ours = thread.getContextClassLoader();
        thread.setContextClassLoader(target.getClass().getClassLoader());
        try {
            return target.getClass().getMethod(method, types).invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    private static URL url() {
        try {
            return URI.create(JAR.toUri().toString()).toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError("BUG: a file has a URL", impossible);
        }
    }
}
