package ai.fastn.camunda.lifecycle;

import java.time.Instant;

/**
 * That a version exists, without its content.
 *
 * @param unchanged whether Publish found the draft equal to this version, and so made no new one
 */
public record Publication(int version, Instant publishedAt, String publishedBy, boolean unchanged) {}
