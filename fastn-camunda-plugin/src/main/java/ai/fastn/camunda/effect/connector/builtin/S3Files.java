package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.HttpRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files in a bucket of a store that speaks S3. A call is tried once: the retry policy of the workflow decides. */
final class S3Files implements FileStore {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String USUAL_REGION = "us-east-1";

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    private S3Files(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** A store that the operator has set. */
    static S3Files of(FileStoreSettings settings) {
        S3ClientBuilder builder = builder(settings)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(CALL_TIMEOUT))
                .overrideConfiguration(override ->
                        override.apiCallTimeout(CALL_TIMEOUT).retryStrategy(DefaultRetryStrategy.doNotRetry()));
        return new S3Files(builder.build(), Objects.requireNonNull(settings.bucket()), "");
    }

    /** A store that a tenant has connected, reached as the egress rule allows. */
    static S3Files connected(FileStoreSettings settings, HttpRequests requests) {
        S3ClientBuilder builder = builder(settings)
                .httpClient(new S3Requests(requests, new CallTimeout(CONNECT_TIMEOUT, CALL_TIMEOUT)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
        return new S3Files(builder.build(), Objects.requireNonNull(settings.bucket()), "");
    }

    private static S3ClientBuilder builder(FileStoreSettings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(Optional.ofNullable(settings.region()).orElse(USUAL_REGION)))
                // not every store knows the newer checksums and bodies in signed chunks
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .pathStyleAccessEnabled(settings.endpoint() != null)
                        .build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.accessKey() != null && settings.secretKey() != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
        }
        return builder;
    }

    /** The part of the bucket whose keys begin so. */
    S3Files below(String folder) {
        return new S3Files(client, bucket, prefix + folder + "/");
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws IOException, ActionFailedException {
        try (ResponseInputStream<GetObjectResponse> content =
                client.getObject(request -> request.bucket(bucket).key(prefix + path))) {
            byte[] bytes = content.readNBytes(most + 1);
            if (bytes.length > most) {
                content.abort();
                throw Sizes.tooLarge(path, most);
            }
            return Optional.of(bytes);
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public void write(String path, byte[] content, String contentType) throws ActionFailedException {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(prefix + path).contentType(contentType),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    /** The store itself does not say whether there was one. */
    @Override
    public boolean delete(String path) throws ActionFailedException {
        boolean there = exists(path);
        try {
            client.deleteObject(request -> request.bucket(bucket).key(prefix + path));
            return there;
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean exists(String path) throws ActionFailedException {
        try {
            client.headObject(request -> request.bucket(bucket).key(prefix + path));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw failure(e);
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public Listing list(String folder, Optional<String> after, int most) throws ActionFailedException {
        try {
            ListObjectsV2Response page = client.listObjectsV2(request -> request.bucket(bucket)
                    .prefix(prefix + folder)
                    .delimiter("/")
                    .maxKeys(most)
                    .continuationToken(after.orElse(null)));
            List<Entry> entries = new ArrayList<>();
            page.contents().stream()
                    .filter(object -> !object.key().endsWith("/"))
                    .forEach(object -> entries.add(new Entry(
                            object.key().substring(prefix.length()),
                            object.size(),
                            Optional.ofNullable(object.lastModified()))));
            page.commonPrefixes()
                    .forEach(common ->
                            entries.add(new Entry(common.prefix().substring(prefix.length()), 0, Optional.empty())));
            entries.sort(Comparator.comparing(Entry::path));
            return new Listing(entries, Optional.ofNullable(page.nextContinuationToken()));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static ActionFailedException failure(SdkException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof FastnException refused) {
                throw refused;
            }
        }
        if (e instanceof S3Exception answer) {
            int status = answer.statusCode();
            String what = status == 403 ? "the store refuses the access key" : "the store answered " + status;
            return new ActionFailedException(what, status >= 500 || status == 429, Map.of("status", status));
        }
        boolean passing = e instanceof SdkClientException client && client.retryable();
        return passing || e.getCause() instanceof IOException
                ? new ActionFailedException("the store can not be reached", true, Map.of())
                : new ActionFailedException(
                        "the store can not be used: " + e.getClass().getSimpleName(), false, Map.of());
    }
}
