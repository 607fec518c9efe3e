package ai.fastn.camunda.effect.connector.builtin;

import java.util.Map;

/** What the SQLSTATEs mean that people meet, in the words of the SQL standard and PostgreSQL. */
final class SqlStates {

    /** The statement took too long. */
    static final String CANCELED = "57014";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("22P02", "a value does not have the form of its type"),
            Map.entry("23502", "a column must not be null"),
            Map.entry("23503", "foreign key violated"),
            Map.entry("23505", "there is a row with the same key"),
            Map.entry("23514", "check violated"),
            Map.entry("25006", "it changes something; use execute"),
            Map.entry("28P01", "the database refuses user or password"),
            Map.entry("28000", "the database refuses user or password"),
            Map.entry("3D000", "the database does not exist"),
            Map.entry("40001", "serialization failure"),
            Map.entry("40P01", "deadlock"),
            Map.entry("42501", "the user lacks a permission"),
            Map.entry("42601", "syntax error"),
            Map.entry("42703", "a column does not exist"),
            Map.entry("42P01", "a table does not exist"),
            Map.entry("42P02", "a parameter is missing"),
            Map.entry("53300", "too many connections"),
            Map.entry(CANCELED, "it took too long and was cancelled"));

    private SqlStates() {}

    /** Empty for a state that has no words here. */
    static String reason(String state) {
        return REASONS.getOrDefault(state, "");
    }
}
