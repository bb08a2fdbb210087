package io.savepointd.admin;

import java.nio.file.Path;

/**
 * Where the daemon listens for commands.
 *
 * @param socket path of the Unix domain socket; its permissions are the access control
 */
public record AdminSettings(Path socket) {}
