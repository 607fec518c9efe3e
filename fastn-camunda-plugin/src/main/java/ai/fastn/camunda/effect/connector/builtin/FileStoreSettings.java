package ai.fastn.camunda.effect.connector.builtin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A store of files: a folder of this machine, or a bucket of a store that speaks S3.
 *
 * @param directory the folder
 * @param bucket its name
 * @param endpoint of the store; AWS when absent
 * @param region us-east-1 when absent
 * @param accessKey absent: found as the AWS SDK finds it
 */
public record FileStoreSettings(
        @Nullable String directory,
        @Nullable String bucket,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey) {

    @Override
    public String toString() {
        return "file store";
    }
}
