package ai.fastn.camunda.effect.db;

/** What the ledger says of a performed statement: which call it was, and its sealed result. */
@SuppressWarnings("ArrayRecordComponent") // Two opaque values on their way from a row to a check.
record LedgerRow(byte[] callHash, byte[] result) {}
