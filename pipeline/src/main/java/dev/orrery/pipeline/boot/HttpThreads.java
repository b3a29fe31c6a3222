package dev.orrery.pipeline.boot;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The threads that HTTP runs on. */
@Configuration(proxyBeanMethods = false)
class HttpThreads {

    /**
     * Event loops of this app alone. Those that Reactor Netty keeps for a whole process end with
     * the first app of that process that stops, and take the connections of every other with them.
     * No quiet period: when they end, the server has drained already.
     */
    @Bean
    ReactorResourceFactory eventLoops() {
        var loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        loops.setShutdownQuietPeriod(Duration.ZERO);
        return loops;
    }
}
