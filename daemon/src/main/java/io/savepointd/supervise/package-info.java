/**
 * Keeping each job as it is wanted: observe, decide (pure), act, one lane for each job. Imports
 * flink, storage, ledger, retention and the model.
 */
package io.savepointd.supervise;
