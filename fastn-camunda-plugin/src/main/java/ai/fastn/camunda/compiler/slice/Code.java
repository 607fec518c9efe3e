package ai.fastn.camunda.compiler.slice;

/** Small rules of writing statements. */
final class Code {

    private Code() {}

    /** A statement that ends with a semicolon, so that whatever follows can not be read as part of it. */
    static String statement(String text) {
        String stripped = text.stripTrailing();
        return stripped.endsWith(";") ? stripped : stripped + ";";
    }
}
