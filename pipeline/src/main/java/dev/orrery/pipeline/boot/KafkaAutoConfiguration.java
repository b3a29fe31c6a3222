package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.KafkaTopicTail;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.publish.KafkaDeadLetters;
import dev.orrery.pipeline.publish.KafkaPublisher;
import dev.orrery.pipeline.publish.KafkaWriter;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.publish.WriterSettings;
import dev.orrery.pipeline.serde.AvroDeserializer;
import dev.orrery.pipeline.serde.AvroRecordDecoder;
import dev.orrery.pipeline.serde.AvroSerializer;
import dev.orrery.pipeline.serde.RegistryClient;
import dev.orrery.pipeline.serde.SerdeSettings;
import dev.orrery.pipeline.serde.TrustedEvents;
import dev.orrery.pipeline.stage.BatchStage;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.topic.ProvisioningSettings;
import dev.orrery.pipeline.topic.TopicProvisioning;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Topics, schemas, writing and reading. */
@AutoConfiguration
@EnableConfigurationProperties({KafkaProperties.class, RegistryProperties.class})
class KafkaAutoConfiguration {

    KafkaAutoConfiguration() {
        TrustedEvents.trust();
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RegistryClient registryClient(RegistryProperties properties) {
        return new RegistryClient(properties.url());
    }

    @Bean
    TopicProvisioning topicProvisioning(
            KafkaProperties kafka,
            RegistryClient registry,
            ObjectProvider<Stage<?>> stages,
            ObjectProvider<BatchStage<?>> batchStages) {
        var settings =
                new ProvisioningSettings(
                        kafka.clientSettings(),
                        kafka.partitions(),
                        kafka.replicationFactor(),
                        kafka.patience());
        var deadLetterTopics =
                Stream.concat(
                                stages.stream()
                                        .map(stage -> stage.input().deadLettersOf(stage.group())),
                                batchStages.stream()
                                        .map(stage -> stage.input().deadLettersOf(stage.group())))
                        .toList();
        return new TopicProvisioning(settings, registry, deadLetterTopics);
    }

    @Bean
    LifecycleStep provisioningStep(TopicProvisioning provisioning) {
        return new LifecycleStep(Phases.PROVISIONING, provisioning::provision, () -> {});
    }

    @Bean(destroyMethod = "close")
    Serializer<Object> eventSerializer(
            KafkaProperties kafka, RegistryProperties registryProperties, RegistryClient registry) {
        var serializer =
                kafka.usesOurSerializer()
                        ? new AvroSerializer(registry)
                        : BeanUtils.instantiateClass(kafka.serializer());
        return configured(asSerializer(serializer), registryProperties);
    }

    @Bean(destroyMethod = "close")
    Deserializer<Object> eventDeserializer(
            KafkaProperties kafka, RegistryProperties registryProperties, RegistryClient registry) {
        var deserializer =
                kafka.usesOurDeserializer()
                        ? new AvroDeserializer(registry)
                        : BeanUtils.instantiateClass(kafka.deserializer());
        return configured(asDeserializer(deserializer), registryProperties);
    }

    @Bean
    @ConditionalOnMissingBean
    RecordDecoder recordDecoder(Deserializer<Object> eventDeserializer) {
        return new AvroRecordDecoder(eventDeserializer);
    }

    @Bean(destroyMethod = "close")
    KafkaWriter kafkaWriter(
            KafkaProperties kafka,
            Serializer<Object> eventSerializer,
            MeterRegistry meters,
            @Value("${spring.application.name:orrery}") String name) {
        var settings =
                WriterSettings.of(kafka.clientSettings(), name).compressedBy(kafka.compression());
        return new KafkaWriter(settings, eventSerializer, meters);
    }

    @Bean
    LifecycleStep writingStep(KafkaWriter writer, TopicProvisioning provisioning) {
        return new LifecycleStep(
                Phases.WRITING, () -> writer.start(provisioning.topics()), writer::close);
    }

    @Bean
    @ConditionalOnMissingBean
    Publisher publisher(
            KafkaWriter writer,
            Clock clock,
            @Value("${spring.application.name:orrery}") String name) {
        return new KafkaPublisher(writer, name, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetters deadLetters(KafkaWriter writer) {
        return new KafkaDeadLetters(writer);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(TopicTail.class)
    KafkaTopicTail topicTail(KafkaProperties kafka, RecordDecoder decoder, MeterRegistry meters) {
        return new KafkaTopicTail(kafka.clientSettings(), decoder, meters);
    }

    private static Serializer<Object> configured(
            Serializer<Object> serializer, RegistryProperties registry) {
        serializer.configure(
                // Provisioning has registered every schema; an unknown one is a defect and is not
                // to spread.
                Map.of(
                        SerdeSettings.REGISTRY_URL,
                        registry.url(),
                        SerdeSettings.AUTO_REGISTER,
                        false),
                false);
        return serializer;
    }

    private static Deserializer<Object> configured(
            Deserializer<Object> deserializer, RegistryProperties registry) {
        deserializer.configure(
                Map.of(
                        SerdeSettings.REGISTRY_URL,
                        registry.url(),
                        SerdeSettings.SPECIFIC_READER,
                        true),
                false);
        return deserializer;
    }

    @SuppressWarnings(
            "unchecked") // a class of the configuration; it is asked for Avro records and nothing
    // else
    private static Serializer<Object> asSerializer(Object serializer) {
        if (!(serializer instanceof Serializer<?>)) {
            throw new IllegalArgumentException(
                    "orrery.kafka.serializer: "
                            + serializer.getClass().getName()
                            + " (expected: a Kafka serializer)");
        }
        return (Serializer<Object>) serializer;
    }

    @SuppressWarnings("unchecked") // as above
    private static Deserializer<Object> asDeserializer(Object deserializer) {
        if (!(deserializer instanceof Deserializer<?>)) {
            throw new IllegalArgumentException(
                    "orrery.kafka.deserializer: "
                            + deserializer.getClass().getName()
                            + " (expected: a Kafka deserializer)");
        }
        return (Deserializer<Object>) deserializer;
    }
}
