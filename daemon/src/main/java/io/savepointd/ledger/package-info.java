/**
 * The append-only record of intents and outcomes, and what follows from it: history and lineage.
 * Imports the model; {@code HdfsSegments} and {@code HdfsLedgerFileSystem} alone here import {@code
 * org.apache.hadoop}.
 */
package io.savepointd.ledger;
