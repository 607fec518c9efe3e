package ai.fastn.camunda.effect.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions that the plugin brings along. */
class ConnectorCatalogueTest {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static Stream<ConnectorDefinition> all() {
        return ConnectorCatalogue.chosen(List.of("*"), List.of()).stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDefinitionSaysWhereItComesFromAndThatNobodyTriedIt(ConnectorDefinition definition) {
        assertThat(definition.docs()).isPresent();
        assertThat(definition.verified()).isFalse();
        assertThat(definition.description()).isNotBlank();
        assertThat(definition.auth()).isNotInstanceOf(ConnectorAuth.None.class);
        assertThat(definition.actions()).hasSizeBetween(5, 12);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyActionIsDescribedAndItsSchemasAndExamplesAreRight(ConnectorDefinition definition) {
        assertThat(definition.actions()).allSatisfy(action -> {
            assertThat(action.description()).isNotBlank();
            JsonNode input = definition.whole(action.input().orElseThrow());
            requireSchema(input);
            action.output().map(definition::whole).ifPresent(ConnectorCatalogueTest::requireSchema);
            assertThat(action.examples())
                    .allSatisfy(example -> assertThat(SCHEMAS.getSchema(input).validate(example))
                            .isEmpty());
            assertThat(ActionParameters.of(definition, action).names())
                    .as("closed")
                    .isPresent();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyMemberThatAnInputMayHaveHasAPlaceInTheRequest(ConnectorDefinition definition) {
        assertThat(definition.actions()).allSatisfy(action -> {
            ActionWork.Http work = (ActionWork.Http) action.work();
            List<String> names = ActionParameters.of(definition, action).names().orElseThrow();
            assertThat(names).containsAll(work.namedMembers());
            if (!(work.body() instanceof ActionBody.Rest)) {
                assertThat(work.namedMembers()).containsAll(names);
            }
        });
    }

    private static void requireSchema(JsonNode schema) {
        assertThat(SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(schema))
                .isEmpty();
    }

    @Test
    void onlyWhatTheOperatorChoseIsThereAndHisOwnFilesWin() {
        ConnectorDefinition own = new ConnectorFiles(text -> text).parse("github.yaml", """
                slug: github
                title: Our GitHub
                baseUrl: https://github.example
                actions: {look: {method: GET, path: /}}
                """);

        assertThat(ConnectorCatalogue.chosen(List.of(), List.of())).isEmpty();
        assertThat(ConnectorCatalogue.chosen(List.of("github", "slack"), List.of(own)))
                .extracting(ConnectorDefinition::slug)
                .containsExactly("slack");
        assertThatThrownBy(() -> ConnectorCatalogue.chosen(List.of("git"), List.of()))
                .hasMessage("fastn.connectors.catalogue names \"git\"; there are gamma, github, gmail, google-sheets,"
                        + " hubspot-crm, jira, salesforce, shopify, slack, stripe and * for all");
    }
}
