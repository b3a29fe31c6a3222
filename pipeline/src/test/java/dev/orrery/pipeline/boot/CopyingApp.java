package dev.orrery.pipeline.boot;

import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.policy.GiveUp;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.topics.Topics;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The least that an app can be: one stage, and nobody to tell when a turn is given up. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class CopyingApp {

    @Bean
    Stage<ChatRequested> copying() {
        return Stage.named("copying")
                .reading(Topics.CHAT_REQUESTS)
                .writing(Topics.REPLAY_REQUESTS)
                .handledBy(CopyingApp::copy);
    }

    private static Flux<Event<?>> copy(Event<ChatRequested> request) {
        return Flux.just(request.causes(Topics.REPLAY_REQUESTS, request.key(), request.value()));
    }

    @Bean
    GiveUp giveUp() {
        return (turn, code) -> Mono.empty();
    }
}
