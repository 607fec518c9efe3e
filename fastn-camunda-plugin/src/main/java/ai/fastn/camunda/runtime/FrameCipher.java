package ai.fastn.camunda.runtime;

/**
 * Seals what is stored of a run that has read a secret, because any value derived from a secret is one too. Bound to
 * the run: what was sealed for one run does not open for another. Thread-safe.
 */
public interface FrameCipher {

    byte[] seal(byte[] plain, RunScope scope);

    /**
     * What was sealed for this run.
     *
     * @throws ai.fastn.camunda.diagnostic.FastnException when the bytes were not sealed for it
     */
    byte[] open(byte[] sealed, RunScope scope);
}
