/**
 * A deterministic simulation of the daemon: the real lanes, decisions, ledger, schedules and
 * retention in a world of fakes that one seed drives, judged by rules that ask only the world.
 */
package io.savepointd.simulation;
