package io.savepointd.flink;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a response as text and stops at a limit, so that no answer can fill the heap. */
final class BoundedBody implements BodySubscriber<BoundedBody.Text> {
  private final int limit;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<Text> result = new CompletableFuture<>();
  private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Text> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source.complete(subscription);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), limit - collected.size())];
      boolean cut = bytes.length < buffer.remaining();
      buffer.get(bytes);
      collected.writeBytes(bytes);
      if (cut) {
        source.join().cancel();
        result.complete(text(true));
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(text(false));
  }

  private Text text(boolean cut) {
    return new Text(collected.toString(StandardCharsets.UTF_8), cut);
  }

  /**
   * What came.
   *
   * @param cut whether more would have come than the limit allows
   */
  record Text(String value, boolean cut) {}
}
