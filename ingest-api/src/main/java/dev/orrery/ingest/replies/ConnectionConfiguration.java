package dev.orrery.ingest.replies;

import dev.orrery.pipeline.http.StalledReader;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connections of clients who have stopped reading. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    NettyServerCustomizer stalledReaders(ReplySettings settings) {
        return server ->
                server.doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addFirst(new StalledReader(settings.stalledReader())));
    }
}
