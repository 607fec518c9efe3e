package ai.fastn.camunda.effect.connector.openapi;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.FakeService;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imported actions are called: what the service gets, byte by byte. */
class ImportedCallsTest {

    private static final OpenApiImport IMPORTS = new OpenApiImport();
    private static final FakeService SERVICE = new FakeService();
    private static final ConnectorCalls CALLS = calls();

    @AfterAll
    static void close() {
        CALLS.close();
        SERVICE.close();
        IMPORTS.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            petstore.getPetById       | {'petId': 7}                                        | GET /pet/7
            petstore.findPetsByStatus | {'status': 'sold'}                                  | GET /pet/findByStatus?status=sold
            petstore.findPetsByTags   | {'tags': ['a b', 'c']}                              | GET /pet/findByTags?tags=a%20b&tags=c
            petstore.addPet           | {'name': 'Rex', 'photoUrls': []}                    | POST /pet application/json; charset=utf-8 {"name":"Rex","photoUrls":[]}
            petstore.createUsersWithListInput | {'body': [{'username': 'a'}]}               | POST /user/createWithList application/json; charset=utf-8 [{"username":"a"}]
            petstore.uploadFile       | {'petId': 1, 'additionalMetadata': 'x', 'body': 'aGk='} | POST /pet/1/uploadImage?additionalMetadata=x application/octet-stream hi
            petstore.updatePetWithForm | {'petId': 1, 'name': 'ü'}                          | POST /pet/1?name=%C3%BC
            crm.getCrmV3ObjectsDealsGetPage | {'limit': 5, 'properties': ['dealname', 'a,b'], 'archived': true} | GET /crm/v3/objects/deals?limit=5&properties=dealname,a%2Cb&archived=true
            crm.patchCrmV3ObjectsDealsObjectIdUpdate | {'objectId': 'a/b', 'properties': {'stage': null}} | PATCH /crm/v3/objects/deals/a%2Fb application/json; charset=utf-8 {"properties":{"stage":null}}
            crm.postCrmV3ObjectsContactsSearchDoSearch | {'filterGroups': [{'filters': [{'propertyName': 'email', 'operator': 'EQ', 'value': 'x'}]}]} | POST /crm/v3/objects/contacts/search application/json; charset=utf-8 {"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"x"}]}]}
            shop.productsList         | {'xRequestId': 'r', 'filter': {'price': {'from': 1, 'to': 2.50}, 'tag': 'a'}} | GET /products?filter%5Bprice%5D%5Bfrom%5D=1&filter%5Bprice%5D%5Bto%5D=2.5&filter%5Btag%5D=a
            shop.productsList         | {'xRequestId': 'r', 'fields': ['id', 'title'], 'sort': ['a', 'b'], 'colors': ['red', 'dark blue']} | GET /products?fields=id,title&sort=a%7Cb&colors=red%20dark%20blue
            shop.productsList         | {'xRequestId': 'r', 'ids': [1, 2], 'options': {'x': 'y', 'z': 'a'}, 'where': {'a': [1]}, 'reserved': 'a:/b'} | GET /products?ids%5B%5D=1&ids%5B%5D=2&x=y&z=a&where=%7B%22a%22%3A%5B1%5D%7D&reserved=a%3A%2Fb
            shop.productsSeveral      | {'ids': [1, 2, 3]}                                  | GET /products/1,2,3
            shop.productsPatch        | {'id': '5', 'title': 'T'}                           | PATCH /products/5 application/merge-patch+json {"title":"T"}
            shop.productsReplace      | {'id': '5', 'body': {'id': 5, 'title': 'T'}}        | PUT /products/5 application/json; charset=utf-8 {"id":5,"title":"T"}
            shop.productsDelete       | {'id': '5', 'reason': 'old'}                        | DELETE /products/5 application/json; charset=utf-8 {"reason":"old"}
            shop.cartsAddLine         | {'cart token': 'ä b', 'body': [{'sku': 'x'}]}       | POST /carts/%C3%A4%20b/lines application/json; charset=utf-8 [{"sku":"x"}]
            shop.notesWrite           | {'id': '1', 'body': 'a\\nb'}                        | PUT /notes/1 text/plain a\\nb
            shop.feedsSend            | {'body': '<a/>'}                                    | POST /feeds application/xml <a/>
            shop.exportsStart         | {}                                                  | POST /exports
            payments.postCharges      | {'amount': 5, 'expand': ['customer', 'invoice'], 'metadata': {'k': 'v w'}, 'items': [{'price': 'p', 'quantity': 2}]} | POST /v1/charges application/x-www-form-urlencoded amount=5&expand%5B0%5D=customer&expand%5B1%5D=invoice&metadata%5Bk%5D=v+w&items%5B0%5D%5Bprice%5D=p&items%5B0%5D%5Bquantity%5D=2
            payments.postCharges      | {'amount': 5, 'metadata': ''}                       | POST /v1/charges application/x-www-form-urlencoded amount=5&metadata=
            payments.getCharges       | {'created': {'gt': 1}, 'expand': ['data.customer']} | GET /v1/charges?created%5Bgt%5D=1&expand%5B0%5D=data.customer
            payments.getCharges       | {'created': 5, 'limit': 3}                          | GET /v1/charges?created=5&limit=3
            payments.deleteChargesCharge | {'charge': 'ch_1'}                               | DELETE /v1/charges/ch_1
            tracker.comExampleRestV3IssueResourceGetIssueGet | {'issueIdOrKey': 'K-1', 'fields': ['a', 'b'], 'issueIdOrKey_query': true} | GET /rest/api/3/issue/K-1?fields=a&fields=b&issueIdOrKey=true
            tracker.editIssue         | {'issueIdOrKey': 'K-1', 'fields': {'x': 1}, 'more': [2]} | PUT /rest/api/3/issue/K-1 application/json; charset=utf-8 {"fields":{"x":1},"more":[2]}
            tracker.createIssue       | {'body': {'title': 't', 'kind': 'bug'}}             | POST /rest/api/3/issue application/json; charset=utf-8 {"title":"t","kind":"bug"}
            tracker.putRestApi3FilterByIdColumns | {'id': 1, 'body': ['a']}                 | PUT /rest/api/3/filter/1/columns application/json; charset=utf-8 ["a"]
            tracker.getGroup          | {'proto': 'x'}                                      | GET /rest/api/3/group?__proto__=x
            tracker.getGroup_2        | {'body': {'name': 'n'}}                             | POST /rest/api/3/group application/json; charset=utf-8 {"name":"n"}
            tracker.op2faCheck        | {'id': '1', 'limit': 3}                             | POST /rest/api/3/attachment/1?limit=3
            events.publishEvents      | {'stream': 's', 'when': '2024-01-01', 'events': [{'id': '1'}]} | POST /streams/s/events?when=2024-01-01 application/json; charset=utf-8 {"events":[{"id":"1"}]}
            events.putRaw             | {'stream': 's', 'body': 'aGk='}                     | PUT /streams/s/raw image/png hi
            """)
    void anImportedActionSendsThis(String action, String input, String request) {
        call(action, input.replace("\\n", "\\\\n").replace("\\\\\\\\n", "\\n"));

        assertThat(seen().replace("\n", "\\n")).isEqualTo(request);
    }

    @Test
    void partsAreSentAsTheDocumentDescribesThem() {
        call(
                "shop.imagesUpload",
                "{'id': '7', 'image': {'base64': 'aGk=', 'fileName': 'ä.png', 'contentType': 'image/png'},"
                        + " 'more': [{'base64': 'QQ=='}, {'base64': 'Qg=='}], 'alt': 'A \\u0022x\\u0022', 'position': 2,"
                        + " 'meta': {'focus': [1]}, 'labels': ['a', 'b']}");

        String boundary = SERVICE.last().header("Content-type").replace("multipart/form-data; boundary=", "");
        assertThat(SERVICE.last().url()).isEqualTo("/products/7/images");
        assertThat(SERVICE.last().body().replace("--" + boundary, "--B").replace("\r\n", "\n"))
                .isEqualTo("""
                        --B
                        Content-Disposition: form-data; name="image"; filename="ä.png"
                        Content-Type: image/png

                        hi
                        --B
                        Content-Disposition: form-data; name="more"; filename="more"
                        Content-Type: image/png

                        A
                        --B
                        Content-Disposition: form-data; name="more"; filename="more"
                        Content-Type: image/png

                        B
                        --B
                        Content-Disposition: form-data; name="alt"

                        A "x"
                        --B
                        Content-Disposition: form-data; name="position"
                        Content-Type: application/json

                        2
                        --B
                        Content-Disposition: form-data; name="meta"
                        Content-Type: application/json

                        {"focus":[1]}
                        --B
                        Content-Disposition: form-data; name="labels"

                        a
                        --B
                        Content-Disposition: form-data; name="labels"

                        b
                        --B--
                        """);
    }

    @Test
    void headersAreSentUnderTheirOwnNames() {
        call("shop.productsList", "{'xRequestId': 'r-1', 'xTags': ['a', 'b']}");

        assertThat(SERVICE.last().header("X-request-id")).isEqualTo("r-1");
        assertThat(SERVICE.last().header("X-tags")).isEqualTo("a, b");
        assertThat(SERVICE.last().header("Accept")).startsWith("application/json");
    }

    private static String seen() {
        FakeService.Received last = SERVICE.last();
        String type = last.header("Content-type");
        return (last.method() + " " + last.url() + (type.isEmpty() ? "" : " " + type + " " + last.body()));
    }

    private static void call(String action, String input) {
        EffectRequest request =
                new EffectRequest("connector." + action, "{\"input\": " + input.replace('\'', '"') + "}");
        // The fake service knows no path: that it was asked is what counts.
        assertThat(failed(CALLS.perform(request, scope(TENANT_A), NO_RECORD)).fields())
                .containsEntry("status", 404);
    }

    private static ConnectorCalls calls() {
        String address = "http://localhost:" + SERVICE.port();
        List<ConnectorDefinition> definitions = Stream.of("petstore", "crm", "shop", "payments", "tracker", "events")
                .map(name -> ConnectorFiles.read(name, Fixture.of(name).definition(IMPORTS, name, address)))
                .toList();
        DataSource plugin = EffectDatabases.plugin();
        return new ConnectorCalls(
                new ConnectorRegistry(definitions, Map.of()),
                new SecretStore(plugin, new Sealing(plugin, MasterKey.random()), Clock.systemUTC()),
                EgressGuard.allowing("localhost:" + SERVICE.port()));
    }
}
