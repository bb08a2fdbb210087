/**
 * Looking at everything a daemon needs before, or while, one runs: one check for each thing, its
 * verdict a value with the remedy in it. Imports the settings, the probes of storage and clusters,
 * supervise, ledger and the model.
 */
package io.savepointd.doctor;
