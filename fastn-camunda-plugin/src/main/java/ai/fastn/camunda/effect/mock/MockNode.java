package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place in a mocks document. What is wrong with it is said with its JSON pointer, and never with a value that may be
 * data of somebody.
 */
record MockNode(String pointer, JsonNode node) {

    /** A mistake here. */
    FastnException wrong(String what) {
        return new FastnException(ErrorCode.MOCKS, "mocks: " + pointer + " " + what);
    }

    boolean isPresent() {
        return !node.isMissingNode();
    }

    MockNode object(Set<String> known) {
        if (!node.isObject()) {
            throw wrong("is not a JSON object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw field(name).wrong("is not known; known here: " + String.join(", ", new TreeSet<>(known)));
            }
        });
        return this;
    }

    MockNode field(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        JsonNode value = node.isObject() ? node.path(name) : MissingNode.getInstance();
        return new MockNode(pointer + "/" + escaped, value);
    }

    /** The entries of a list, at least one and at most so many. */
    List<MockNode> list(int most) {
        if (!node.isArray()) {
            throw wrong(isPresent() ? "is not a list" : "is missing: a list is expected");
        }
        if (node.size() > most) {
            throw wrong("has " + node.size() + " entries: at most " + most + " are expected");
        }
        List<MockNode> entries = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            entries.add(new MockNode(pointer + "/" + i, node.get(i)));
        }
        return entries;
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong(isPresent() ? "is not a string" : "is missing: a string is expected");
        }
        return node.textValue();
    }

    /** A whole number. */
    int number(int least, int most) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong("is not a whole number from " + least + " to " + most);
        }
        return node.intValue();
    }
}
