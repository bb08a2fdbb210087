/** The command line; it alone imports picocli and ends the process. Imports app and demo. */
package io.savepointd.cli;
