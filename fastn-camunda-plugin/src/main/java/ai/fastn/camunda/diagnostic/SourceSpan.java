package ai.fastn.camunda.diagnostic;

/** A part of a source text: first offset and the offset after the last, in UTF-16 units. */
public record SourceSpan(int start, int end) {

    public int length() {
        return end - start;
    }
}
