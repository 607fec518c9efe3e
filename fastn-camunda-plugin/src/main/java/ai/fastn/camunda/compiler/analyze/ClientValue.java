package ai.fastn.camunda.compiler.analyze;

import java.util.Map;
import java.util.Optional;

/** What an expression that leads to an effect holds: the client, or a part of it. */
sealed interface ClientValue {

    /**
     * {@code fastn}, or {@code new Fastn(...)}.
     *
     * @param declared the connectors it names, with the {@code orgId} of each as far as it shows, else an empty text;
     *     absent when it names none and may use all
     */
    record Client(Optional<Map<String, String>> declared) implements ClientValue {}

    /** {@code fastn.connector}. */
    record ConnectorRoot(Client client) implements ClientValue {}

    /** {@code fastn.connector.hubspotCrm}; no name when it is computed. */
    record Connector(Client client, Optional<String> name) implements ClientValue {}

    /** {@code fastn.connector.hubspotCrm.getDeal}; names are absent where they are computed. */
    record Action(Client client, Optional<String> connector, Optional<String> name) implements ClientValue {}

    /** {@code fastn.db}, {@code fastn.state}, {@code fastn.secrets}. */
    record Family(String name) implements ClientValue {}

    /**
     * {@code fastn.db.query}, {@code fastn.state.get}, {@code fastn.sleep}, {@code fetch}: a function that performs an
     * effect.
     */
    record Operation(String name) implements ClientValue {}
}
