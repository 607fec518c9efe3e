/**
 * The demo back ends: a CRM, a presentation generator, a mail sink, a shop and a report server, as workflows would find
 * them on the internet. They know nothing of Fastn, keep what they receive in tables of their own and are reached by
 * HTTP only.
 */
@NullMarked
package ai.fastn.examples.host.demo;

import org.jspecify.annotations.NullMarked;
