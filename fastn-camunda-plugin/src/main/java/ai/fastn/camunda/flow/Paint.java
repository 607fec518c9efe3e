package ai.fastn.camunda.flow;

import ai.fastn.camunda.workflow.StepKind;

/** The colours of a kind of step, the same in every export; text on each fill has a contrast of at least 7 to 1. */
record Paint(String fill, String line) {

    static final String TEXT = "#1b1f24";
    static final String EDGE = "#57606a";
    static final String ERROR = "#b42318";

    static Paint of(StepKind kind) {
        return switch (kind) {
            case TRIGGER -> new Paint("#e6f4ea", "#1a7f37");
            case PROCESS -> new Paint("#f6f8fa", "#57606a");
            case DECISION -> new Paint("#fff4d6", "#9a6700");
            case READ -> new Paint("#ddf4ff", "#0969da");
            case WRITE -> new Paint("#fde8d8", "#bc4c00");
            case DONE -> new Paint("#ece4fb", "#6639ba");
        };
    }
}
