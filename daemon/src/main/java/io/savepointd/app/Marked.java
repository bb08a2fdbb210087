package io.savepointd.app;

import io.savepointd.supervise.Progress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A seam whose calls leave marks of what is done, and how long that may take. Proxies, so that no
 * call of a seam, and none that is added to it one day, goes unmarked.
 */
final class Marked {
  private final Progress progress;

  /** Marks are left in {@code progress}. */
  Marked(Progress progress) {
    this.progress = progress;
  }

  /**
   * The same as {@code target}.
   *
   * @param name for people
   * @param bounds of a method, by its name; empty for one that only looks up what it knows
   */
  <T> T calls(Class<T> seam, T target, String name, Function<String, Optional<Duration>> bounds) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (proxy, method, arguments) -> {
              Optional<Duration> bound = bounds.apply(method.getName());
              String what = name + ": " + method.getName();
              bound.ifPresent(b -> progress.at(what + subject(arguments), b));
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                bound.ifPresent(b -> progress.at("goes on after " + what, Duration.ZERO));
              }
            }));
  }

  /** Arguments is null where there are none. */
  private static String subject(Object[] arguments) {
    return arguments != null && arguments.length > 0 && arguments[0] instanceof String text
        ? " " + text
        : "";
  }
}
