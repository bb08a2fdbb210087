package io.savepointd.storage;

import java.nio.file.Path;

/**
 * An account at the KDC and the file with its keys.
 *
 * @param principal such as {@code savepointd/host.example.org@EXAMPLE.ORG}; {@code _HOST} in place
 *     of the host stands for this machine, as in Hadoop's own files
 * @param keytab its file, which need not be there yet
 */
public record KerberosSettings(String principal, Path keytab) {}
