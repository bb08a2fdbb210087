/**
 * What is said to the service manager that has started us. It alone imports {@code com.sun.jna},
 * and nothing else but the JDK and slf4j.
 */
package io.savepointd.systemd;
