package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the next page is asked for with. */
class PaginationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {cursor: paging.next, into: after} | {}            | {"paging":{"next":"c2"}}   | {"after":"c2"}
            {cursor: paging.next, into: after} | {"after":"x"} | {"paging":{}}              | none
            {cursor: next, into: after}        | {}            | {"next":""}                | none
            {cursor: next, into: after}        | {}            | {"next":null}              | none
            {page: page, items: rows}          | {}            | {"rows":[1]}               | {"page":2}
            {page: page, items: rows}          | {"page":7}    | {"rows":[1]}               | {"page":8}
            {page: page, first: 0, items: rows}| {}            | {"rows":[1]}               | {"page":1}
            {page: page, items: rows}          | {"page":7}    | {"rows":[]}                | none
            {offset: skip}                     | {}            | [1,2,3]                    | {"skip":3}
            {offset: skip}                     | {"skip":3}    | [4,5]                      | {"skip":5}
            {offset: skip}                     | {"skip":5}    | []                         | none
            """)
    void theNextInputFollowsFromTheAnswer(String pagination, String input, String output, String next) {
        assertThat(next(pagination, input, output, null)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <https://h/x?page=3&per=10>; rel="next", <https://h/x?page=9>; rel="last" | {"page":"3"}
            <https://h/x?page=1>; rel="prev", <https://h/x?other=1&page=4>; rel=next  | {"page":"4"}
            <https://h/x?page=9>; rel="last"                                          | none
            not a link                                                                | none
            """)
    void aLinkLeadsToTheNextPage(String link, String next) {
        assertThat(next("link", "{}", "{}", link)).isEqualTo(next);
    }

    @Test
    void anActionWithoutPagesNamesNone() {
        assertThat(work("{}").pagination()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {cursor: a}            | actions.list.pagination.into is missing
            {next: a}              | actions.list.pagination names none of cursor, page, offset, and is not link
            {page: p, first: one}  | actions.list.pagination.first is "one"; it is the number of the first page, such as 1
            """)
    void aPaginationThatMakesNoSenseIsRefused(String pagination, String message) {
        assertThatThrownBy(() -> work("{pagination: " + pagination + "}"))
                .isInstanceOf(FastnException.class)
                .hasMessage("connector definition api.yaml: " + message);
    }

    private static String next(String pagination, String input, String output, @Nullable String link) {
        ActionWork.Http work = work("{pagination: " + pagination + "}");
        return work.pagination()
                .orElseThrow()
                .next(work, ConnectorInput.of(json(input)), json(output), Optional.ofNullable(link))
                .map(JsonNode::toString)
                .orElse("none");
    }

    private static ActionWork.Http work(String more) {
        String yaml = """
                slug: api
                title: API
                baseUrl: http://localhost
                actions:
                  list: {method: GET, path: /x, query: [page, after, skip]%s}
                """.formatted(more.equals("{}") ? "" : ", " + more.substring(1, more.length() - 1));
        ConnectorDefinition definition = new ConnectorFiles(text -> text).parse("api.yaml", yaml);
        return (ActionWork.Http) definition.action("list").orElseThrow().work();
    }
}
