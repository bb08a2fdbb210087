package io.savepointd.supervise;

/** Paths of savepoints, which Flink and Hadoop write differently. */
public final class Paths {
  private Paths() {}

  /** Whether both name one directory: {@code file:/x} and {@code file:///x/} do. */
  public static boolean same(String one, String other) {
    return normal(one).equals(normal(other));
  }

  /** Whether {@code path} lies somewhere below {@code directory}. */
  public static boolean within(String directory, String path) {
    return normal(path).startsWith(normal(directory) + "/");
  }

  /**
   * Whether {@code path} may lie somewhere below {@code directory}, whatever server each of them
   * names: one server has several names. For what is only the safer for being said too often.
   */
  public static boolean maybeWithin(String directory, String path) {
    return within(withoutServer(directory), withoutServer(path));
  }

  /** The path alone, the same for all that {@link #maybeWithin} can't tell apart. */
  static String place(String path) {
    return normal(withoutServer(path));
  }

  private static String withoutServer(String path) {
    return path.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?(?=/)", "");
  }

  /** By hand, since a path may hold what no {@link java.net.URI} can, such as a space. */
  private static String normal(String path) {
    String noSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return noSlash.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*):/(?!/)", "$1:///");
  }
}
