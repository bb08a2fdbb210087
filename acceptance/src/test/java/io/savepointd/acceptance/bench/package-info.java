/** Measures savepointd from outside, beside Flink's own command line. Imports the world alone. */
package io.savepointd.acceptance.bench;
