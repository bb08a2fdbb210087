/** What the daemon tells systemd. Imports the JDK only. */
package io.savepointd.systemd;
