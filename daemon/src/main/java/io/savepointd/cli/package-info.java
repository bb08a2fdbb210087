/** The command line; it alone imports picocli and ends the process. Imports app. */
package io.savepointd.cli;
