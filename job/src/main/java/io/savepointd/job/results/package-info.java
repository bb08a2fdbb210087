/** What is left when a bounded input ends: one line for each key. Imports no sibling. */
package io.savepointd.job.results;
