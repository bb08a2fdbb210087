package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the same {@link World} to every test class that asks for one, since its start is most of
 * what a small class would cost. It ends with the last test.
 */
public final class SharedWorld implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedWorld.class))
        .computeIfAbsent(World.class, type -> start(), World.class);
  }

  private static World start() {
    try {
      return World.start(Folders.world(World.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
