package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.AbortableCalls;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Makes connector definitions of OpenAPI 3.0 and 3.1 documents: reads nothing but the document, at most two at a time,
 * for a limited time. Thread-safe.
 */
public final class OpenApiImport implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int AT_ONCE = 2;

    private final AbortableCalls workers = new AbortableCalls("fastn-openapi");
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * What a document has to offer.
     *
     * @param document JSON or YAML in UTF-8, at most 5,000,000 bytes
     * @throws FastnException OPENAPI_UNREADABLE, OPENAPI_DOCUMENT, OPENAPI_REFERENCE, OPENAPI_TIMEOUT
     */
    public ImportPreview preview(byte[] document) {
        return inWorker(document, ReadDocument::preview);
    }

    /**
     * The definition of what was chosen of a document.
     *
     * @throws FastnException those of {@link #preview}, OPENAPI_CHOICE for a choice that the document does not have,
     *     CONNECTOR_DEFINITION for values of the choice that no definition can have
     */
    public ImportedDefinition definition(byte[] document, ImportChoice choice) {
        return inWorker(document, read -> read.definition(choice));
    }

    private <T> T inWorker(byte[] document, Function<ReadDocument, T> work) {
        try {
            return workers.call(() -> read(document, work), LIMIT, () -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooSlow("was interrupted");
        } catch (TimeoutException e) {
            throw tooSlow("took longer than " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FastnException known) {
                throw known;
            }
            throw new IllegalStateException("bug: an OpenAPI document could not be read", e.getCause());
        }
    }

    /** A worker that goes on after the limit keeps its place. */
    private <T> T read(byte[] document, Function<ReadDocument, T> work) throws InterruptedException {
        if (!places.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw tooSlow("waited " + LIMIT.toSeconds() + " s for others to end");
        }
        try {
            return work.apply(ReadDocument.of(document));
        } finally {
            places.release();
        }
    }

    private static FastnException tooSlow(String what) {
        return new FastnException(ErrorCode.OPENAPI_TIMEOUT, "OpenAPI import: it " + what);
    }

    @Override
    public void close() {
        workers.close();
    }
}
