package ai.fastn.camunda.effect.db;

import java.io.IOException;

/** Walks through the text of a PostgreSQL array: <code>{1,NULL,"a b"}</code>, nested ones too. */
final class ArrayLiteral {

    private final String text;
    private int at;

    ArrayLiteral(String text) {
        this.text = text;
        // An array that does not begin at index 1 is written [0:2]={...}.
        this.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    }

    /** Tells the visitor everything in order. */
    void walk(Visitor visitor) throws IOException {
        visitor.begin();
        at++;
        while (text.charAt(at) != '}') {
            char c = text.charAt(at);
            if (c == '{') {
                walk(visitor);
            } else if (c == ',') {
                at++;
            } else {
                item(visitor);
            }
        }
        at++;
        visitor.end();
    }

    private void item(Visitor visitor) throws IOException {
        if (text.charAt(at) == '"') {
            visitor.item(quoted());
            return;
        }
        int start = at;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            at++;
        }
        String item = text.substring(start, at);
        if (item.equals("NULL")) {
            visitor.nothing();
        } else {
            visitor.item(item);
        }
    }

    private String quoted() {
        StringBuilder item = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            item.append(text.charAt(at++));
        }
        at++;
        return item.toString();
    }

    /** Hears of the parts of an array. */
    interface Visitor {

        void begin() throws IOException;

        void item(String text) throws IOException;

        void nothing() throws IOException;

        void end() throws IOException;
    }
}
