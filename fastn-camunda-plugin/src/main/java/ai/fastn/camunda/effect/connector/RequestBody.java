package ai.fastn.camunda.effect.connector;

/** The bytes of a request and what they are. */
final class RequestBody {

    private final String contentType;
    private final byte[] bytes;

    RequestBody(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes.clone();
    }

    /** With charset or boundary where it has one. */
    String contentType() {
        return contentType;
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
