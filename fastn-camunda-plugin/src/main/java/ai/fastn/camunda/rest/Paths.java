package ai.fastn.camunda.rest;

/** Where the API lives: the same resources for machines (access key) and for the Cockpit panels (Camunda login). */
public final class Paths {

    public static final String MACHINES = "/fastn/api/v1";
    public static final String PANELS = "${camunda.bpm.webapp.application-path:/camunda}/api/fastn/{engine}";

    private Paths() {}
}
