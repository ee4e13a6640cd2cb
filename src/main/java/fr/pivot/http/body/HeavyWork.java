package fr.pivot.http.body;

import fr.pivot.admission.Admission;
import fr.pivot.admission.HeavyThreads;
import fr.pivot.admission.Work;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.client.ClientLimits;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Has what takes its time worked on where {@link Admission} lets it in, and ends it when its client
 * leaves. An answer that is a stream has its place until the stream is read or nobody reads it.
 */
@Singleton
public final class HeavyWork {

  /** The threads that heavy work is done by, for {@code ExecuteOn}. */
  public static final String THREADS = "heavy";

  /** What a body that is a batch has at most, in bytes: some thousand codes. */
  private static final int SMALL = 1 << 16;

  private final Admission admission;
  private final ExecutorService threads;
  private final ClientLimits limits;

  HeavyWork(Admission admission, @Named(THREADS) ExecutorService threads, ClientLimits limits) {
    this.admission = admission;
    this.limits = limits;
    this.threads = threads;
  }

  /** The threads of heavy work. */
  @Factory
  static final class Threads {

    @Singleton
    @Named(THREADS)
    @Bean(preDestroy = "shutdownNow")
    ExecutorService threads() {
      return HeavyThreads.pool();
    }
  }

  /**
   * What makes an answer.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Making<T extends HttpResponse<?>> {

    /** Makes it. */
    T make() throws IOException;
  }

  /**
   * What makes an answer out of a body.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface MakingOfBody<T extends HttpResponse<?>> {

    /** Makes it. */
    T make(@Nullable InputStream body) throws IOException;
  }

  /**
   * Makes an answer to many questions, once there is room for it. A small body is a batch, and is
   * there before it asks for a place, so that who sends it slowly takes nobody's.
   *
   * @throws ProblemException where there is no room
   */
  public <T extends HttpResponse<?>> T answerBulk(
      HttpRequest<?> request, @Nullable InputStream body, MakingOfBody<T> making)
      throws IOException {
    long announced = RequestBody.announced(request);
    if (announced < 0 || announced > SMALL) {
      return answer(request, Work.Kind.FILE, body, () -> making.make(body));
    }
    byte[] batch = SmallBody.read(request, body, SMALL);
    return answer(request, Work.Kind.BATCH, () -> making.make(new ByteArrayInputStream(batch)));
  }

  /**
   * Makes an answer out of a body, once there is room for it. Where there is none, or the body is
   * not read to its end, the rest of it is not waited for.
   *
   * @throws ProblemException where there is no room
   */
  public <T extends HttpResponse<?>> T answer(
      HttpRequest<?> request, Work.Kind kind, @Nullable InputStream body, Making<T> making)
      throws IOException {
    try {
      return answer(request, kind, making);
    } catch (IOException | RuntimeException e) {
      if (body != null) {
        body.close();
      }
      throw e;
    }
  }

  /**
   * Makes an answer, once there is room for it.
   *
   * @throws ProblemException where there is none, or the client asks for too many files
   */
  public <T extends HttpResponse<?>> T answer(
      HttpRequest<?> request, Work.Kind kind, Making<T> making) throws IOException {
    if (kind == Work.Kind.FILE) {
      limits.requireFile(request);
    }
    Work work = admission.begin(kind);
    Presence presence = new Presence(channel(request), work);
    AdmittedStream stream = null;
    try {
      work.enter();
      T response = work.call(making::make);
      if (response.body() instanceof InputStream body) {
        if (request.getMethod() == HttpMethod.HEAD) {
          body.close();
        } else {
          stream = new AdmittedStream(body, work, presence::end);
          replace(response, stream);
          presence.closeWithClient(stream);
        }
      }
      return response;
    } catch (Exception e) {
      if (work.isAbandoned()) {
        // Nobody reads it; whatever went wrong is that the client has left.
        throw ProblemType.REQUEST_TIMEOUT.problem().exception();
      }
      switch (e) {
        case IOException lost -> throw lost;
        case RuntimeException broken -> throw broken;
        default -> throw new IllegalStateException(e);
      }
    } finally {
      if (stream == null) {
        presence.end();
        work.leave();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void replace(HttpResponse<?> response, InputStream stream) {
    ((MutableHttpResponse<Object>) response).body(stream);
  }

  private static @Nullable Channel channel(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getChannelHandlerContext().channel()
        : null;
  }

  /** The client, from its question to the end of its answer. */
  private final class Presence implements ChannelFutureListener {
    private final @Nullable Channel channel;
    private final Work work;
    private volatile @Nullable AdmittedStream stream;

    Presence(@Nullable Channel channel, Work work) {
      this.channel = channel;
      this.work = work;
      if (channel != null) {
        channel.closeFuture().addListener(this);
      }
    }

    /** The client has left. */
    @Override
    public void operationComplete(ChannelFuture closed) {
      work.abandon();
      AdmittedStream answer = stream;
      if (answer != null) {
        // Whoever makes the answer at this moment is waited for, which the event loop must not do.
        threads.execute(answer::end);
      }
    }

    void closeWithClient(AdmittedStream answer) {
      stream = answer;
      if (work.isAbandoned()) {
        threads.execute(answer::end);
      }
    }

    void end() {
      if (channel != null) {
        channel.closeFuture().removeListener(this);
      }
    }
  }
}
