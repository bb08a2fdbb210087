package io.savepointd.storage;

import io.savepointd.storage.StorageFault.Kind;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sorts what a file system may throw by what is to be mended. By names and texts, since the same
 * exception comes bare, wrapped by the RPC layer, or as one of another package.
 */
final class FaultKinds {
  /** As the NameNode's {@code FSPermissionChecker} words it. */
  private static final Pattern DENIED =
      Pattern.compile(
          "Permission denied: user=([^,]+), access=([^,]+), inode=\"([^\"]*)\":([^:]+):([^:]+):(\\S+)");

  private FaultKinds() {}

  static StorageFault of(IOException failure) {
    if (failure instanceof StorageFault known) {
      return known;
    }
    String all = textOf(failure);
    Matcher denied = DENIED.matcher(all);
    if (denied.find()) {
      return new StorageFault(
          Kind.DENIED,
          "permission denied for user %s: %s on %s (%s %s %s)"
              .formatted(
                  denied.group(1),
                  denied.group(2),
                  denied.group(3),
                  denied.group(6),
                  denied.group(4),
                  denied.group(5)),
          failure);
    }
    return new StorageFault(kindOf(all), Reasons.of(failure), failure);
  }

  private static Kind kindOf(String text) {
    // Before "denied", which a failed login says too.
    if (says(text, "KerberosAuth", "GSS initiate", "Kerberos", "authentication is not enabled")) {
      return Kind.LOGIN;
    }
    if (says(text, "AccessControlException", "AccessDeniedException", "Permission denied")) {
      return Kind.DENIED;
    }
    if (says(text, "QuotaExceeded", "No space left", "DiskOutOfSpace", "Disk quota exceeded")) {
      return Kind.FULL;
    }
    if (says(text, "SafeModeException")) {
      return Kind.SAFE_MODE;
    }
    if (says(text, "could only be written to 0", "All datanodes", "Unable to create new block")) {
      return Kind.NO_DATA_NODE;
    }
    return says(
            text,
            "ConnectException",
            "UnknownHost",
            "unknown host",
            "SocketTimeout",
            "ConnectTimeout",
            "NoRouteToHost",
            "StandbyException",
            "EOFException")
        ? Kind.UNREACHABLE
        : Kind.OTHER;
  }

  private static boolean says(String text, String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static String textOf(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable each = failure;
    for (int depth = 0; each != null && depth < 5; depth++) {
      text.append(each).append('\n');
      each = each.getCause();
    }
    return text.toString();
  }
}
