package ai.fastn.camunda.effect.connector.openapi;

import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.servers.ServerVariable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The addresses of the service, with the usual values of their variables. */
final class Hosts {

    private Hosts() {}

    static List<String> of(CheckedModel checked, ApiDocument document, Warnings warnings) {
        Set<String> hosts = new LinkedHashSet<>();
        List<Server> servers = checked.model().getServers() == null
                ? List.of()
                : checked.model().getServers();
        for (int i = 0; i < servers.size(); i++) {
            String url = filled(servers.get(i));
            if (url.matches("https?://[^{}\\s]+")) {
                hosts.add(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            } else if (document.root().has("servers")) {
                warnings.add("servers[" + i + "]", "is \"" + url + "\", which is no whole address");
            }
        }
        return List.copyOf(hosts);
    }

    /** Paths and operations with servers of their own go to the one address of the connector all the same. */
    static void warnOfOthers(ApiOperation operation, Warnings warnings) {
        if (operation.node().has("servers") || operation.item().has("servers")) {
            warnings.add(operation.place(), "has servers of its own; the action calls the address of the connector");
        }
    }

    private static String filled(Server server) {
        String url = server.getUrl() == null ? "" : server.getUrl();
        Map<String, ServerVariable> variables = server.getVariables() == null ? Map.of() : server.getVariables();
        for (Map.Entry<String, ServerVariable> variable : variables.entrySet()) {
            String usual = variable.getValue().getDefault();
            url = usual == null ? url : url.replace("{" + variable.getKey() + "}", usual);
        }
        return url;
    }
}
