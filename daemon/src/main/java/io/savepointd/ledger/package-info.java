/**
 * The append-only record of intents and outcomes, and what follows from it: history and lineage.
 * Imports the model; {@code HdfsLedger} alone here imports {@code org.apache.hadoop}.
 */
package io.savepointd.ledger;
