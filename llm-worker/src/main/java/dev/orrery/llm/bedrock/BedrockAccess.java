package dev.orrery.llm.bedrock;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The way to Bedrock. Nothing else is looked at: neither the environment nor files of the AWS
 * command line.
 *
 * @param credentials the same for every region
 * @param defaultRegion for calls that name none, such as {@code ap-south-1}
 * @param endpoint in place of Amazon's own, {@code {region}} standing for the region of a call;
 *     null for Amazon's own
 */
public record BedrockAccess(
        Credentials credentials, String defaultRegion, @Nullable String endpoint) {

    /** What a call proves itself with. */
    public sealed interface Credentials {

        /**
         * Signs every request.
         *
         * @param sessionToken of temporary keys; null for lasting ones
         */
        record Keys(String accessKeyId, String secretAccessKey, @Nullable String sessionToken)
                implements Credentials {

            /** Says nothing of the secret. */
            @Override
            public String toString() {
                return "Keys[" + accessKeyId + "]";
            }
        }

        /** An API key of Bedrock, sent as bearer token. */
        record ApiKey(String key) implements Credentials {

            /** Says nothing of the key. */
            @Override
            public String toString() {
                return "ApiKey[]";
            }
        }
    }

    public BedrockAccess {
        Regions.check(defaultRegion);
        if (endpoint != null) {
            endpoint(endpoint, defaultRegion);
        }
    }

    /** Where calls to a region go; null for Amazon's own endpoint. */
    @Nullable URI endpoint(String region) {
        return endpoint == null ? null : endpoint(endpoint, region);
    }

    private static URI endpoint(String template, String region) {
        return URI.create(template.replace("{region}", region));
    }
}
