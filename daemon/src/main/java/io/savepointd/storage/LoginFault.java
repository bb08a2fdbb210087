package io.savepointd.storage;

import java.io.IOException;

/** Why nobody is logged in; transient, since files and KDCs are mended while we run. */
final class LoginFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  private LoginFault(String message, Throwable cause, boolean refused) {
    super(message, cause);
    this.refused = refused;
  }

  /** Seen on this machine, without asking a KDC. */
  static LoginFault here(String message) {
    return new LoginFault(message, null, false);
  }

  /** The same with what was seen. */
  static LoginFault here(String message, Throwable cause) {
    return new LoginFault(message, cause, false);
  }

  /** What an attempt ended with. */
  static LoginFault of(String message, Throwable cause) {
    return new LoginFault(message, cause, KerberosReasons.isRefusedKey(cause));
  }

  /** Whether the KDC counts this as a wrong password; some lock the account after a few. */
  boolean refused() {
    return refused;
  }
}
