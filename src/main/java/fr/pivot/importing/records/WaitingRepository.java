package fr.pivot.importing.records;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The heads of the tables that wait for the edition of their other side. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface WaitingRepository extends GenericRepository<WaitingRepository.Waiting, String> {

  /**
   * The head of a table that waits.
   *
   * @param name its id
   * @param sources the files that it was made from, as JSON
   * @param importId the import that brought it
   */
  @MappedEntity("waiting_correspondence")
  record Waiting(
      @Id String name,
      String titleFr,
      String titleEn,
      String publisher,
      @Nullable String homepage,
      @Nullable LocalDate issued,
      String sourceReferential,
      String sourceEdition,
      String targetReferential,
      String targetEdition,
      @TypeDef(type = DataType.JSON) String sources,
      @MappedProperty("import") long importId) {}

  /** Keeps a head; there is none of its id. */
  Waiting save(Waiting waiting);

  /** Forgets a head, if it is there, and the lines that are kept with it. */
  void deleteById(String name);

  /** All of them, by id. */
  List<Waiting> findAllOrderByName();
}
