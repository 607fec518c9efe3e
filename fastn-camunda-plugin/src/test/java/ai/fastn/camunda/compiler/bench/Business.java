package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The connectors of the realistic workflows: what a company of ordinary size has. */
final class Business {

    /** Accessor, title, actions; an action that writes ends with an exclamation mark. */
    private static final String TABLE = """
            crm|CRM|searchContacts getContact createContact! updateContact! deleteContact! mergeContacts! listContacts listDeals getDeal updateDeal! listCompanies getCompany createNote! createTask!
            shop|Shop|listOrders getOrder updateOrder! createOrder! cancelOrder! refundOrder! listProducts getProduct updateProduct! updateInventory! listCustomers getCustomer deleteCustomer!
            mail|Mail|send! listMessages getMessage markRead!
            chat|Chat|postMessage! updateMessage! listMembers listChannels
            storage|Storage|listFolder readFile writeFile! deleteFile! moveFile! createFolder!
            payments|Payments|charge! refund! getCharge listPayments listInvoices getInvoice createInvoice! getBalance
            tickets|Tickets|searchTickets getTicket createTicket! updateTicket! addComment! listAgents closeTicket!
            sheets|Sheets|readRange appendRows! updateRange! clearRange!
            erp|ERP|getStock getItem listItems updateItem! createSalesOrder! listInvoices getInvoice postPayment! postJournal! reserve! release!
            shipping|Shipping|getRates createLabel! cancelLabel! track
            calendar|Calendar|listEvents createEvent! updateEvent! deleteEvent!
            hr|HR|listEmployees getEmployee updateEmployee!
            identity|Identity|listUsers createUser! deactivateUser! listGroups addToGroup! removeFromGroup!
            fx|Exchange Rates|getRate getRates
            web|Web|get post! put! delete!
            analytics|Analytics|query track! runReport! getReport
            marketing|Marketing|getSubscriber addToList! removeFromList! listCampaigns getStats
            sms|SMS|send!
            docs|Documents|generate! getStatus download
            ai|AI|classify summarize!
            approvals|Approvals|request! getStatus cancel!
            """;

    private static final Pattern HUMP = Pattern.compile("[A-Z]");

    private Business() {}

    static Stream<ConnectorEntry> connectors() {
        return TABLE.lines().map(Business::connector);
    }

    private static ConnectorEntry connector(String line) {
        String[] cells = line.split("\\|", -1);
        return Catalogs.connector(
                cells[0],
                cells[0],
                cells[1],
                Arrays.stream(cells[2].split(" ", -1)).map(Business::titled).toArray(String[]::new));
    }

    /** {@code listOrders:List orders} */
    private static String titled(String action) {
        String words = HUMP.matcher(action.replace("!", ""))
                .replaceAll(hump -> " " + Character.toLowerCase(hump.group().charAt(0)));
        return action + ":" + Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
