package ai.fastn.camunda.effect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where an effect that works in a transaction of the plugin's own database writes its outcome, so that value and record
 * commit together. Implemented by the runtime's journal.
 */
public interface OutcomeRecord {

    /** Writes the outcome on the effect's own connection; takes effect when the effect commits. */
    void write(Connection connection, EffectOutcome outcome) throws SQLException;
}
