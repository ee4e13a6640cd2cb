package fr.pivot.http;

import io.micronaut.http.MediaType;

/** A format that answers of an operation can be asked for in. */
public interface Negotiable {

  /** Its name in the {@code format} parameter. */
  String id();

  /** Its name in {@code Accept} headers: a media type without parameters. */
  String range();

  /** The media type that answers carry. */
  MediaType type();
}
