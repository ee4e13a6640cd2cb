package fr.pivot.http.body;

import fr.pivot.text.ChunkStream;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.server.body.InputStreamBodyWriter;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes streams to clients. A {@link ChunkStream} goes out chunk by chunk as it made them;
 * Micronaut itself would copy every stream in pieces of 8 KB, each with a flush and a change of
 * thread.
 */
@Singleton
@Replaces(InputStreamBodyWriter.class)
public final class StreamBodyWriter implements ResponseBodyWriter<InputStream> {

  private static final int PIECE = 1 << 16;

  private final Scheduler scheduler;
  private final Scheduler heavy;

  StreamBodyWriter(
      @Named(TaskExecutors.BLOCKING) ExecutorService executor,
      @Named(HeavyWork.THREADS) ExecutorService heavy) {
    this.scheduler = Schedulers.fromExecutor(executor);
    this.heavy = Schedulers.fromExecutor(heavy);
  }

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodies,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<InputStream> type,
      MediaType mediaType,
      InputStream stream) {
    return bodies.adapt(publish(stream, bodies.readBufferFactory()));
  }

  private Publisher<ReadBuffer> publish(InputStream stream, ReadBufferFactory buffers) {
    return Flux.<ReadBuffer, InputStream>generate(
            () -> stream,
            (in, sink) -> {
              try {
                byte[] piece = next(in);
                if (piece == null) {
                  sink.complete();
                } else {
                  sink.next(buffers.adapt(piece));
                }
              } catch (IOException e) {
                sink.error(e);
              }
              return in;
            },
            StreamBodyWriter::close)
        .subscribeOn(stream instanceof AdmittedStream ? heavy : scheduler);
  }

  private static byte @Nullable [] next(InputStream in) throws IOException {
    if (in instanceof ChunkStream chunks) {
      return chunks.takeChunk();
    }
    byte[] piece = in.readNBytes(PIECE);
    return piece.length == 0 ? null : piece;
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeTo(
      Argument<InputStream> type,
      MediaType mediaType,
      InputStream stream,
      MutableHeaders headers,
      OutputStream out) {
    try (stream) {
      stream.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
