package fr.pivot.registry.memory;

import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The links of a codebook: a table for each kind, in the order of the descriptor. */
final class LinkTables {

  private final Map<LinkType, LinkTable> tables;

  LinkTables(Map<LinkType, LinkTable> tables) {
    this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  static LinkTables readFrom(Referential referential, ColumnReader columns) {
    Map<LinkType, LinkTable> tables = new LinkedHashMap<>();
    for (int left = columns.number(); left > 0; left--) {
      Relation relation = Relation.valueOf(columns.text());
      tables.put(type(referential, relation, columns.text()), LinkTable.readFrom(columns));
    }
    return new LinkTables(tables);
  }

  void writeTo(ColumnWriter columns) {
    columns.number(tables.size());
    tables.forEach(
        (type, table) -> {
          columns.text(type.relation().name());
          columns.text(type.referential());
          table.writeTo(columns);
        });
  }

  /** The kind of link of a referential that leads to a target, described or not. */
  static LinkType type(Referential referential, Relation relation, String target) {
    for (LinkType type : referential.links()) {
      if (type.relation() == relation && type.referential().equals(target)) {
        return type;
      }
    }
    return new LinkType(relation, target, target, true, false);
  }

  Set<LinkType> listTypes() {
    return tables.keySet();
  }

  /** The first day of any link of a kind; null where that is without limit, or there is none. */
  @Nullable LocalDate findFirstDay(LinkType type, int position) {
    LinkTable table = tables.get(type);
    return table == null ? null : table.firstDay(position);
  }

  /**
   * The links of a code.
   *
   * @param rank its rank; negative where nobody knows it
   * @param position that of the release that states them
   * @param day the day on which they hold; null for any
   */
  List<Link> list(String code, int rank, int position, @Nullable Integer day) {
    if (rank < 0) {
      return List.of();
    }
    List<Link> list = new ArrayList<>(8);
    tables.forEach(
        (type, table) -> {
          for (int row = table.first(rank); row < table.end(rank); row++) {
            if (table.isStatedBy(row, position) && (day == null || table.holdsOn(row, day))) {
              list.add(link(code, type, table, row));
            }
          }
        });
    return list;
  }

  /** The links of a code of one kind, whenever they hold. */
  List<Link> list(String code, int rank, LinkType type, int position) {
    LinkTable table = tables.get(type);
    if (rank < 0 || table == null || table.first(rank) == table.end(rank)) {
      return List.of();
    }
    List<Link> list = new ArrayList<>(2);
    for (int row = table.first(rank); row < table.end(rank); row++) {
      if (table.isStatedBy(row, position)) {
        list.add(link(code, type, table, row));
      }
    }
    return list;
  }

  private static Link link(String code, LinkType type, LinkTable table, int row) {
    return new Link(
        code,
        type.relation(),
        type.referential(),
        table.target(row),
        table.validity(row),
        table.isDerived(row));
  }

  /**
   * The ranks of the codes that lead to a target, once for each link, in order.
   *
   * @param day the day on which the links hold; null for any
   */
  int[] ranksTo(
      Relation relation, String referential, String target, int position, @Nullable Integer day) {
    IntStream.Builder ranks = IntStream.builder();
    tables.forEach(
        (type, table) -> {
          if (type.relation() == relation && type.referential().equals(referential)) {
            for (int row : table.rowsTo(target)) {
              if (table.isStatedBy(row, position) && (day == null || table.holdsOn(row, day))) {
                ranks.add(table.source(row));
              }
            }
          }
        });
    return ranks.build().sorted().toArray();
  }

  /** Whether a release states any link of a kind on a day. */
  boolean holdsAny(Relation relation, String referential, int position, int day) {
    for (Map.Entry<LinkType, LinkTable> entry : tables.entrySet()) {
      if (entry.getKey().relation() == relation
          && entry.getKey().referential().equals(referential)
          && entry.getValue().holdsAny(position, day)) {
        return true;
      }
    }
    return false;
  }
}
