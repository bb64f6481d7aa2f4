package io.reststream.core.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies up to a limit, undoes their codings and brings them to UTF-8. Of a failure's body
 * that cannot be read, at least why stands in its place, so that the status is not hidden.
 *
 * @param limit how many bytes a body may have: as it comes, decoded, and in UTF-8
 */
record AnswerBody(int limit) implements BodyHandler<byte[]> {
  private static final int NO_CONTENT = 204;
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo answer) {
    return new Collector(answer);
  }

  private LimitedBytes limited(Supplier<String> where) {
    return new LimitedBytes(limit, () -> problem(where.get()));
  }

  private String problem(String where) {
    return "the body%s is larger than the %d bytes that option 'maxResponseBytes' allows"
        .formatted(where, limit);
  }

  private final class Collector implements BodySubscriber<byte[]> {
    private final ResponseInfo answer;
    private final LimitedBytes bytes = limited(() -> "");
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Collector(ResponseInfo answer) {
      this.answer = answer;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
      if (subscription != null) {
        offered.cancel();
        return;
      }
      subscription = offered;
      if (isSuccess() && promised() > limit) {
        refuse(new PermanentException(problem("")));
      } else {
        offered.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer buffer : buffers) {
          if (!body.isDone()) {
            bytes.write(buffer);
          }
        }
      } catch (PermanentException e) {
        refuse(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      if (body.isDone()) {
        return;
      }
      try {
        body.complete(text());
      } catch (IOException e) {
        unreadable(e);
      } catch (RuntimeException | Error e) {
        body.completeExceptionally(e);
      }
    }

    private byte[] text() throws IOException {
      ContentCodings codings =
          bytes.size() == 0
              ? new ContentCodings(List.of())
              : ContentCodings.of(answer.headers().allValues("Content-Encoding"));
      byte[] decoded =
          codings.decode(bytes, limited(() -> ", its %s undone,".formatted(codings.shown())));
      String contentType = answer.headers().firstValue("Content-Type").orElse("");
      return decoded.length == 0
          ? decoded
          : BodyCharset.of(contentType, decoded).toUtf8(decoded, limited(() -> " in UTF-8"));
    }

    private void refuse(PermanentException problem) {
      unreadable(problem);
      if (subscription != null) {
        subscription.cancel();
      }
    }

    private void unreadable(IOException problem) {
      if (isSuccess()) {
        body.completeExceptionally(problem);
      } else {
        body.complete(("(" + problem.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
      }
    }

    private boolean isSuccess() {
      return answer.statusCode() / 100 == 2;
    }

    private long promised() {
      String length = answer.headers().firstValue("Content-Length").orElse("");
      boolean number = LENGTH.matcher(length).matches();
      return number && answer.statusCode() != NO_CONTENT ? Long.parseLong(length) : 0;
    }
  }
}
