/**
 * Savepoints on storage: finding, verifying and deleting them. Imports the model; with the HDFS
 * ledger it alone imports {@code org.apache.hadoop}.
 */
package io.savepointd.storage;
