/**
 * The configuration file as typed, immutable settings, or all of its faults at once. Imports the
 * features' settings records and the model; it alone imports {@code com.typesafe.config}.
 */
package io.savepointd.config;
