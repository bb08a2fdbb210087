/** Which savepoints to keep and which to let go: pure functions. Imports the model only. */
package io.savepointd.retention;
