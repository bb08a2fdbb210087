/**
 * The words of the project as values: jobs, runs, savepoints and their ids; imports the JDK only.
 */
package io.savepointd.model;
