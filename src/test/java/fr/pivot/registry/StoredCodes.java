package fr.pivot.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Codes that are rows in PostgreSQL and nothing else: every answer is a statement. It shows that
 * the contract can be met by what has no ranks and no memory, and holds the memory to it.
 */
final class StoredCodes implements Codes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private static final String STATES =
      """
      select c.code, lower(c.validity) as begins, upper(c.validity) as ends, l.name as level,
             c.label, c.labels, c.attributes, c.derived
        from concept c join level l on l.referential = c.referential and l.number = c.level
       where c.referential = (select id from referential where name = :own)
      """;

  private static final String LINKS =
      """
      select k.code, k.relation::text as relation, t.name as referential, k.target,
             lower(k.validity) as begins, upper(k.validity) as ends, k.derived
        from link k join referential t on t.id = k.target_referential
       where k.referential = (select id from referential where name = :own)
      """;

  private static final String SUCCESSIONS =
      """
      select s.date, s.code, a.name as referential, s.code_after, s.kind::text as kind, s.type,
             s.derived
        from succession s join referential a on a.id = s.referential_after
       where s.referential = (select id from referential where name = :own)
         and (s.code is not null or s.date is distinct from :horizon::date::date)
      """;

  private final DSLContext sql;
  private final Referential referential;
  private @Nullable Set<LinkType> linkTypes;

  StoredCodes(DSLContext sql, Referential referential) {
    this.sql = sql;
    this.referential = referential;
  }

  /** The rows of a statement whose names stand for these values, in turn a name and its value. */
  private List<Record> rows(String statement, @Nullable Object... named) {
    List<@Nullable Object> binds = new ArrayList<>();
    Map<String, @Nullable Object> values = new TreeMap<>();
    values.put("own", referential.id());
    values.put("horizon", referential.horizon());
    for (int i = 0; i < named.length; i += 2) {
      values.put(String.valueOf(named[i]), named[i + 1]);
    }
    String positional =
        Pattern.compile("(?<!:):([a-z]+)")
            .matcher(statement)
            .replaceAll(
                match -> {
                  binds.add(values.get(match.group(1)));
                  return "?";
                });
    return new ArrayList<>(sql.fetch(positional, binds.toArray()));
  }

  /** The codes that a statement gives. */
  private List<String> codes(String statement, @Nullable Object... named) {
    return rows(statement, named).stream().map(r -> r.get("code", String.class)).toList();
  }

  @Override
  public Referential referential() {
    return referential;
  }

  @Override
  public int size() {
    return listCodes().size();
  }

  private List<String> listCodes() {
    return codes("select distinct code collate \"C\" as code from (" + STATES + ") s order by 1");
  }

  @Override
  public boolean contains(String code) {
    return !rows(STATES + " and c.code = :code limit 1", "code", code).isEmpty();
  }

  @Override
  public List<String> listBeginning(String beginning, int most) {
    return codes(
        "select distinct code collate \"C\" as code from ("
            + STATES
            + " and starts_with(c.code, :beginning)) s order by 1 limit :most",
        "beginning",
        beginning,
        "most",
        most);
  }

  @Override
  public void forEachCode(Consumer<String> consumer) {
    listCodes().forEach(consumer);
  }

  @Override
  public Optional<String> findCanonical(String written) {
    String folded =
        written
            .codePoints()
            .filter(Character::isLetterOrDigit)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .toUpperCase(Locale.ROOT);
    for (String text : List.of(written, folded)) {
      if (contains(text)) {
        return Optional.of(text);
      }
    }
    Optional<String> variant =
        codes(
                STATES
                    + " and upper(regexp_replace(c.code, '[^0-9A-Za-z]', '', 'g')) = :folded"
                    + " order by c.code collate \"C\" limit 1",
                "folded",
                folded)
            .stream()
            .findFirst();
    if (variant.isPresent() || referential.check() != CheckRule.CPV || folded.length() != 9) {
      return variant;
    }
    return codes(
            STATES + " and c.code = :code and c.attributes ->> 'checkDigit' = :digit",
            "code",
            folded.substring(0, 8),
            "digit",
            folded.substring(8))
        .stream()
        .findFirst();
  }

  @Override
  public Answer find(String code, Release release, LocalDate date) {
    List<ConceptState> all = listStates(code, release);
    for (ConceptState state : all) {
      if (state.validity().contains(date)) {
        return new Answer.InForce(state);
      }
    }
    return all.isEmpty() ? new Answer.Unknown() : new Answer.NotInForce(all);
  }

  @Override
  public boolean isInForce(String code, Release release, int day) {
    return findState(code, release, LocalDate.ofEpochDay(day)) != null;
  }

  @Override
  public @Nullable String findLabel(String code, Release release, int day) {
    ConceptState state = findState(code, release, LocalDate.ofEpochDay(day));
    return state == null ? null : state.label();
  }

  @Override
  public List<String> listInForce(Release release, LocalDate date) {
    return codes(
        STATES
            + " and c.releases @> :position and c.validity @> :date::date order by c.code collate"
            + " \"C\"",
        "position",
        release.position(),
        "date",
        date);
  }

  @Override
  public List<ConceptState> listStates(String code, Release release) {
    return rows(
            STATES
                + " and c.code = :code and c.releases @> :position"
                + " order by lower(c.validity) nulls first",
            "code",
            code,
            "position",
            release.position())
        .stream()
        .map(StoredCodes::state)
        .toList();
  }

  @Override
  public Page listPage(Release release, LocalDate date, Filter filter, String after, int limit) {
    String chosen =
        """
        with chosen as (
          select distinct on (s.code collate "C") s.*,
                 case when begins <= :date::date and (ends is null or ends > :date::date) or begins is null and (ends is null or ends > :date::date)
                      then 'in-force' when begins > :date::date then 'future' else 'ceased' end as status
            from (%s and c.releases @> :position) s
           order by s.code collate "C",
                 ((begins is null or begins <= :date::date) and (ends is null or ends > :date::date)) desc,
                 (begins is null or begins <= :date::date) desc,
                 case when begins is null or begins <= :date::date then begins end desc nulls last,
                 begins)
        select * from chosen
         where (:status::text is null or status = :status)
           and (:levels::text[] is null or level = any(:levels::text[]))
           and (:among::text[] is null or code = any(:among::text[]))
         order by code collate "C"
        """
            .replace("%s", STATES);
    List<Found> all =
        rows(
                chosen,
                "date",
                date,
                "position",
                release.position(),
                "status",
                filter.status() == null ? null : filter.status().id(),
                "levels",
                filter.levels().isEmpty() ? null : filter.levels().toArray(String[]::new),
                "among",
                filter.among() == null ? null : filter.among().toArray(String[]::new))
            .stream()
            .map(r -> new Found(release, state(r), status(r.get("status", String.class))))
            .toList();
    List<Found> rest = all.stream().filter(f -> f.state().code().compareTo(after) > 0).toList();
    return new Page(all.size(), rest.subList(0, Math.min(limit, rest.size())), rest.size() > limit);
  }

  @Override
  public void forEachState(Release release, Consumer<ConceptState> consumer) {
    rows(
            STATES
                + " and c.releases @> :position"
                + " order by c.code collate \"C\", lower(c.validity) nulls first",
            "position",
            release.position())
        .forEach(r -> consumer.accept(state(r)));
  }

  @Override
  public void forEachLink(Release release, Consumer<Link> consumer) {
    listCodes().forEach(code -> listLinks(code, release).forEach(consumer));
  }

  @Override
  public void forEachMeasure(Release release, Consumer<Measure> consumer) {
    listCodes().forEach(code -> listMeasures(code, release).forEach(consumer));
  }

  @Override
  public Set<LinkType> listLinkTypes() {
    Set<LinkType> types = linkTypes;
    if (types == null) {
      types = readLinkTypes();
      linkTypes = types;
    }
    return types;
  }

  private Set<LinkType> readLinkTypes() {
    List<LinkType> found =
        rows("select distinct relation, referential from (" + LINKS + ") k").stream()
            .map(r -> type(relation(r), r.get("referential", String.class)))
            .toList();
    Set<LinkType> ordered = new LinkedHashSet<>(referential.links());
    ordered.retainAll(found);
    ordered.addAll(found);
    return ordered;
  }

  private LinkType type(Relation relation, String target) {
    return referential.links().stream()
        .filter(t -> t.relation() == relation && t.referential().equals(target))
        .findFirst()
        .orElse(new LinkType(relation, target, target, true, false));
  }

  @Override
  public @Nullable LocalDate findFirstDay(LinkType type, Release release) {
    List<Link> all = new ArrayList<>();
    rows(LINKS + " and k.releases @> :position", "position", release.position())
        .forEach(r -> all.add(link(r)));
    List<Link> own = all.stream().filter(l -> isOf(l, type)).toList();
    return own.isEmpty() || own.stream().anyMatch(l -> l.validity().from() == null)
        ? null
        : own.stream().map(l -> l.validity().from()).min(Comparator.naturalOrder()).orElse(null);
  }

  private static boolean isOf(Link link, LinkType type) {
    return link.relation() == type.relation() && link.referential().equals(type.referential());
  }

  @Override
  public List<Link> listLinks(String code, Release release, LocalDate date) {
    return listLinks(code, release).stream().filter(l -> l.validity().contains(date)).toList();
  }

  @Override
  public List<Link> listLinks(String code, Release release) {
    List<Link> all =
        rows(
                LINKS
                    + " and k.code = :code and k.releases @> :position"
                    + " order by k.target collate \"C\", lower(k.validity) nulls first",
                "code",
                code,
                "position",
                release.position())
            .stream()
            .map(StoredCodes::link)
            .toList();
    return listLinkTypes().stream()
        .flatMap(type -> all.stream().filter(l -> isOf(l, type)))
        .toList();
  }

  @Override
  public List<Link> listLinks(String code, LinkType type, Release release) {
    return listLinks(code, release).stream().filter(l -> isOf(l, type)).toList();
  }

  @Override
  public List<String> listCodesLinkedTo(
      Relation relation, String targetReferential, String target, Release release, LocalDate date) {
    return linkedTo(relation, targetReferential, target, release)
        .filter(l -> l.validity().contains(date))
        .map(Link::code)
        .toList();
  }

  @Override
  public List<String> listCodesEverLinkedTo(
      Relation relation, String targetReferential, String target, Release release) {
    return linkedTo(relation, targetReferential, target, release).map(Link::code).toList();
  }

  private Stream<Link> linkedTo(
      Relation relation, String targetReferential, String target, Release release) {
    return rows(
            LINKS
                + " and k.target = :target and t.name = :there and k.releases @> :position"
                + " order by k.code collate \"C\"",
            "target",
            target,
            "there",
            targetReferential,
            "position",
            release.position())
        .stream()
        .map(StoredCodes::link)
        .filter(l -> l.relation() == relation);
  }

  @Override
  public boolean statesLinks(
      Relation relation, String targetReferential, Release release, LocalDate date) {
    return rows(
            LINKS
                + " and t.name = :there and k.releases @> :position and k.validity @> :date::date",
            "there",
            targetReferential,
            "position",
            release.position(),
            "date",
            date)
        .stream()
        .anyMatch(r -> relation(r) == relation);
  }

  @Override
  public List<Measure> listMeasures(String code, Release release) {
    return rows(
            """
            select m.code, m.name, m.value
              from measure m
             where m.referential = (select id from referential where name = :own)
               and m.code = :code and m.releases @> :position
             order by m.name
            """,
            "code",
            code,
            "position",
            release.position())
        .stream()
        .map(
            r ->
                new Measure(
                    r.get("code", String.class),
                    r.get("name", String.class),
                    r.get("value", Long.class)))
        .toList();
  }

  @Override
  public List<Succession> listSuccessionsFrom(String code, Release release) {
    return listSuccessions(release).stream().filter(s -> code.equals(s.code())).toList();
  }

  @Override
  public List<Succession> listSuccessionsTo(
      String referentialAfter, String codeAfter, Release release) {
    return listSuccessions(release).stream()
        .filter(
            s -> s.referentialAfter().equals(referentialAfter) && codeAfter.equals(s.codeAfter()))
        .toList();
  }

  @Override
  public List<Succession> listSuccessions(Release release) {
    return rows(
            SUCCESSIONS
                + " and s.releases @> :position"
                + " order by s.date, s.code collate \"C\", s.code_after collate \"C\"",
            "position",
            release.position())
        .stream()
        .map(
            r ->
                new Succession(
                    r.get("date", LocalDate.class),
                    r.get("code", String.class),
                    r.get("referential", String.class),
                    r.get("code_after", String.class),
                    SuccessionKind.valueOf(r.get("kind", String.class).toUpperCase(Locale.ROOT)),
                    r.get("type", String.class),
                    r.get("derived", Boolean.class)))
        .toList();
  }

  @Override
  public boolean leadsTo(String referentialAfter) {
    return !rows(
            SUCCESSIONS + " and a.name = :there and s.code_after is not null limit 1",
            "there",
            referentialAfter)
        .isEmpty();
  }

  private static ConceptState state(Record row) {
    return new ConceptState(
        row.get("code", String.class),
        validity(row),
        row.get("level", String.class),
        row.get("label", String.class),
        strings(row.get("labels", JSONB.class)),
        strings(row.get("attributes", JSONB.class)),
        row.get("derived", Boolean.class));
  }

  private static Link link(Record row) {
    return new Link(
        row.get("code", String.class),
        relation(row),
        row.get("referential", String.class),
        row.get("target", String.class),
        validity(row),
        row.get("derived", Boolean.class));
  }

  private static Status status(String id) {
    return Stream.of(Status.values()).filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static Relation relation(Record row) {
    return Relation.valueOf(row.get("relation", String.class).toUpperCase(Locale.ROOT));
  }

  private static Validity validity(Record row) {
    return new Validity(row.get("begins", LocalDate.class), row.get("ends", LocalDate.class));
  }

  private static Map<String, String> strings(@Nullable JSONB json) {
    try {
      return json == null ? Map.of() : JSON.readValue(json.data(), STRINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
