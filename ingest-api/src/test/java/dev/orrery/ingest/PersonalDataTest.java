package dev.orrery.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.util.ClassUtils;

/** What people tell us reaches no log by way of a record that somebody prints. */
class PersonalDataTest {

    @ParameterizedTest
    @ValueSource(strings = {"profiles", "memories"})
    void isNotShownByAnyRecordOfThesePackages(String name) {
        assertThat(records(name)).isNotEmpty().allSatisfy(PersonalDataTest::saysItself);
    }

    @Test
    void isNotShownByWhatCarriesMessages() {
        assertThat(
                        Stream.of(
                                        "messages.PostedMessage",
                                        "messages.MessageView",
                                        "admin.prompts.PreviewRequest")
                                .<Class<?>>map(PersonalDataTest::named))
                .allSatisfy(PersonalDataTest::saysItself);
    }

    /** A record that leaves it to the compiler shows all that it has. */
    private static void saysItself(Class<?> type) throws NoSuchMethodException {
        var shown = type.getDeclaredMethod("toString");
        assertThat(Modifier.isFinal(shown.getModifiers()))
                .as("toString of %s is the compiler's", type)
                .isFalse();
    }

    private static Stream<Class<?>> records(String name) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter((reader, readers) -> true);
        return scanner.findCandidateComponents("dev.orrery.ingest." + name).stream()
                .<Class<?>>map(found ->
                        ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .filter(Class::isRecord);
    }

    private static Class<?> named(String name) {
        return ClassUtils.resolveClassName("dev.orrery.ingest." + name, null);
    }
}
