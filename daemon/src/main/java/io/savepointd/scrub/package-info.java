/**
 * Holding the ledger against the storage, and making a ledger from the storage alone; what is found
 * is a value, and nothing here changes anything. Imports supervise, for the demands that repair,
 * storage, ledger and the model.
 */
package io.savepointd.scrub;
