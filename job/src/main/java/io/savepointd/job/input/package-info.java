/** Where the job's records come from: its sources and the reading of lines. Imports no sibling. */
package io.savepointd.job.input;
