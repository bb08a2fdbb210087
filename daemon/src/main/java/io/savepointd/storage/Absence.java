package io.savepointd.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** Tells "there is no such path" from "nobody could tell", which Hadoop words in several ways. */
final class Absence {
  private Absence() {}

  /** Returns if the failure proves that the path leads nowhere; throws it otherwise. */
  static void requireProvenBy(IOException failure) throws IOException {
    if (!(failure instanceof FileNotFoundException
        || failure instanceof ParentNotDirectoryException
        || leadsThroughAFile(failure)
        || isNoPathToTheServer(failure))) {
      throw failure;
    }
  }

  /** Such as a name with a colon: the NameNode holds nothing that it would not have let in. */
  private static boolean isNoPathToTheServer(IOException failure) {
    return failure instanceof RemoteException remote
        && InvalidPathException.class.getName().equals(remote.getClassName());
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
