package io.savepointd.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;

/** Tells "there is no such path" from "nobody could tell", which Hadoop words in several ways. */
final class Absence {
  private Absence() {}

  /** Returns if the failure proves that the path leads nowhere; throws it otherwise. */
  static void requireProvenBy(IOException failure) throws IOException {
    if (!(failure instanceof FileNotFoundException
        || failure instanceof ParentNotDirectoryException
        || leadsThroughAFile(failure))) {
      throw failure;
    }
  }

  /**
   * A NameNode that is asked to read below a file says that access is denied, and only the text
   * tells it from a lack of permission ({@code FSDirectory.resolvePath}, {@code
   * FSPermissionChecker}).
   */
  private static boolean leadsThroughAFile(IOException failure) {
    return failure instanceof AccessControlException
        && Reasons.of(failure).endsWith("(is not a directory)");
  }
}
