package ai.fastn.examples.host.first;

import ai.fastn.examples.host.DataFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The plain lines at the end of a start: where Cockpit is, the login, and a command that executes an example. */
final class Greeting {

    private final String hostUrl;
    private final DataFolder folder;

    Greeting(String hostUrl, DataFolder folder) {
        this.hostUrl = hostUrl;
        this.folder = folder;
    }

    String facts() {
        return """
               Camunda 7.24 is ready (Java %s).
                 Cockpit  %s/camunda/app/cockpit/default/  login demo, password demo
                 Data     %s\
               """.formatted(Runtime.version().feature(), hostUrl, folder);
    }

    String withCommand(String slug, DemoTenant tenant, String key) {
        return facts() + """

                  Execute the HubSpot example again:

                curl -s %s/fastn/api/v1/workflows/%s/execute \\
                  -H 'content-type: application/json' \\
                  -H "x-fastn-access-key: %s" \\
                  -H 'x-fastn-account-id: %s' \\
                  -H 'x-fastn-account-tenant-id: %s' \\
                  -d '{"input":%s}'
                """.formatted(hostUrl, slug, key, tenant.accountId(), tenant.tenantId(), dealEvent(9005));
    }

    /** HubSpot's event: a deal came to the presentation stage. */
    static JsonNode dealEvent(int dealId) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("objectId", dealId);
        event.put("propertyName", "dealstage");
        event.put("propertyValue", "presentationscheduled");
        return JsonNodeFactory.instance.arrayNode().add(event);
    }
}
