package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.workflow.StepKind;
import java.util.List;

/**
 * A statement that has passed the gate.
 *
 * @param jdbcSql without comments, {@code ?} for parameters
 * @param parameters which parameter (from 1) stands at each {@code ?}
 * @param parameterCount the highest number of a parameter
 * @param kind READ when it changes nothing
 * @param needs how much room it may take
 */
record SqlStatement(String jdbcSql, List<Integer> parameters, int parameterCount, StepKind kind, Needs needs) {

    /** Room in the tenant's schema. */
    enum Needs {
        NOTHING,
        BYTES,
        A_TABLE
    }

    boolean grows() {
        return needs != Needs.NOTHING;
    }

    boolean createsTable() {
        return needs == Needs.A_TABLE;
    }

    SqlStatement {
        parameters = List.copyOf(parameters);
    }
}
