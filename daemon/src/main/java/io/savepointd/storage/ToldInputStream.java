package io.savepointd.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands bytes on and tells of each piece, so that a long read isn't taken for a hanging one. */
final class ToldInputStream extends FilterInputStream {
  private final Runnable onProgress;

  ToldInputStream(InputStream in, Runnable onProgress) {
    super(in);
    this.onProgress = onProgress;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    onProgress.run();
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    onProgress.run();
    return count;
  }
}
