package fr.pivot.http;

import fr.pivot.api.model.ReferentialListBody;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.MessageBodyWriter;
import io.micronaut.http.codec.CodecException;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the list of the referentials. It is the same until something is published, so that its
 * bytes are remembered: making them costs ten times what sending them does.
 */
@Singleton
@Produces(MediaType.APPLICATION_JSON)
final class ReferentialListWriter implements MessageBodyWriter<ReferentialListBody> {

  private final JsonMapper json;
  private volatile @Nullable Written last;

  /** A list, and how it is written. */
  private static final class Written {
    private final ReferentialListBody list;
    private final byte[] bytes;

    Written(ReferentialListBody list, byte[] bytes) {
      this.list = list;
      this.bytes = bytes;
    }
  }

  ReferentialListWriter(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void writeTo(
      Argument<ReferentialListBody> type,
      MediaType mediaType,
      ReferentialListBody list,
      MutableHeaders headers,
      OutputStream out)
      throws CodecException {
    headers.set("Content-Type", mediaType.toString());
    try {
      Written known = last;
      if (known == null || known.list != list) {
        known = new Written(list, json.writeValueAsBytes(list));
        last = known;
      }
      out.write(known.bytes);
    } catch (IOException e) {
      throw new CodecException("the list of the referentials could not be written", e);
    }
  }
}
