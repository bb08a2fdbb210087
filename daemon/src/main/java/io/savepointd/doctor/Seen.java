package io.savepointd.doctor;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What one check has found and later ones go by; empty until then. */
final class Seen<T> {
  private final AtomicReference<Optional<T>> value = new AtomicReference<>(Optional.empty());

  void put(T found) {
    value.set(Optional.of(found));
  }

  Optional<T> get() {
    return value.get();
  }

  /** For checks that need the one which puts it. */
  T need() {
    return get().orElseThrow(() -> new IllegalStateException("looked at before it was found"));
  }
}
