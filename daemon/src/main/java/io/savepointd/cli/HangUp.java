package io.savepointd.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which by custom has a daemon read its configuration again. The JDK has no public way to
 * hear a signal; {@code sun.misc.Signal} of the module {@code jdk.unsupported} is called by its
 * name, since the compiler warns of it in a way that can't be answered.
 */
final class HangUp {
  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private HangUp() {}

  /** From now on each SIGHUP calls {@code reload}, on a thread of its own. */
  static void calls(Runnable reload) {
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Class<?> handler = Class.forName(HANDLER);
      Object calling =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass().equals(Object.class)) {
                  return method.invoke(reload, arguments);
                }
                reload.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), calling);
    } catch (ClassNotFoundException | InvocationTargetException e) {
      LOG.info("event=sighup.unheard reason=\"{}\" next=\"savepointd reload\"", e.toString());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(SIGNAL + " isn't what it was", e);
    }
  }
}
