package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the same {@link World} to every test class of a process that asks for one, since its start
 * is most of what a small class would cost. It ends with the last test.
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
        .computeIfAbsent(Claimed.class, type -> start(), Claimed.class)
        .world();
  }

  /** A world and the name of its folder, which no other process takes meanwhile. */
  private record Claimed(World world, Claim claim) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (claim) {
        world.close();
      }
    }
  }

  private static Claimed start() {
    try {
      for (int number = 1; ; number++) {
        String name = "World-" + number;
        Optional<Claim> claim = Claim.on(name);
        if (claim.isPresent()) {
          return new Claimed(World.start(Folders.world(name)), claim.get());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
