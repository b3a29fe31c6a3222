package dev.orrery.ingest;

import dev.orrery.ingest.documents.BodyArgument;
import dev.orrery.ingest.paging.PageArgument;
import dev.orrery.ingest.security.CallerArgument;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/** What endpoints may ask for in their parameters. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

    @Bean
    WebFluxConfigurer arguments(BodyArgument body, CallerArgument caller, PageArgument page) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(body, caller, page);
            }
        };
    }
}
