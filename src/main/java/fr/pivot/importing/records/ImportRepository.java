package fr.pivot.importing.records;

import io.micronaut.data.annotation.Embeddable;
import io.micronaut.data.annotation.EmbeddedId;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of imports, as they begin. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ImportRepository extends GenericRepository<ImportRepository.Begun, Long> {

  /**
   * An import that begins; the database says when.
   *
   * @param id its number; null before it is saved
   * @param options what it is beside the bytes of its files, as JSON
   */
  @MappedEntity("import")
  record Begun(
      @Id @GeneratedValue @Nullable Long id,
      String format,
      @TypeDef(type = DataType.JSON) String options) {}

  /** A file of an import. */
  @MappedEntity("import_file")
  record BegunFile(@EmbeddedId Place place, String name, String sha256, long bytes) {}

  /** The place of a file among those of its import, from 0. */
  @Embeddable
  record Place(@MappedProperty("import") long importId, @MappedProperty("number") short number) {}

  /** Writes down an import, and answers it with its number. */
  Begun save(Begun begun);

  /** The files of the imports in the log. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Files extends GenericRepository<BegunFile, Place> {

    /** Writes down the files of an import. */
    List<BegunFile> saveAll(List<BegunFile> files);
  }
}
