package fr.pivot.validation.schema;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.referential.Referential;
import fr.pivot.validation.schema.SchemaBindings.Binding;
import fr.pivot.validation.schema.TableSchema.Field;
import fr.pivot.validation.schema.TableSchema.Readable;
import fr.pivot.validation.schema.TableSchema.Remark;
import fr.pivot.validation.schema.TableSchema.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads fragments of national schemas, and binds their fields to what ships. */
class TableSchemaTest {

  private static SchemaBindings bindings = new SchemaBindings(List.of());

  @BeforeAll
  static void readReferentials() throws IOException {
    List<Referential> referentials = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of("referentials"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        try (InputStream in = Files.newInputStream(folder.resolve("descriptor.json"))) {
          referentials.add(DescriptorReader.read(folder.toString(), in));
        }
      }
    }
    bindings = new SchemaBindings(referentials);
  }

  private static Readable fragment(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(TableSchemaTest.class.getResourceAsStream(name))) {
      return readable(in.readAllBytes());
    }
  }

  private static Readable readable(byte[] bytes) {
    TableSchema.Reading reading = TableSchemaReader.read(bytes);
    assertThat(reading).isInstanceOf(Readable.class);
    return (Readable) reading;
  }

  private static Readable readable(String json) {
    return readable(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String json) {
    TableSchema.Reading reading = TableSchemaReader.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(reading).isInstanceOf(Unreadable.class);
    return ((Unreadable) reading).why().en();
  }

  private static List<String> bound(TableSchema schema) {
    return bindings.list(schema).stream().map(TableSchemaTest::line).toList();
  }

  private static String line(Binding binding) {
    return binding.field().name()
        + " "
        + String.join("|", binding.references().stream().map(Object::toString).toList())
        + " "
        + binding.reason();
  }

  private static boolean fits(Field field, String value) {
    return Objects.requireNonNull(field.pattern()).matches(value);
  }

  private static List<String> boundField(String members) {
    return bound(readable("{\"fields\": [{" + members + "}]}").schema());
  }

  @Test
  void a_field_of_irve_says_its_type_and_its_constraints() throws IOException {
    Readable irve = fragment("irve-statique.json");
    assertThat(irve.remarks()).isEmpty();
    assertThat(irve.schema().fields()).hasSize(8);
    assertThat(irve.schema().primaryKey()).containsExactly("id_pdc_itinerance");
    assertThat(irve.schema().missingValues()).containsExactly("");
    Field insee = irve.schema().findField("code_insee_commune").orElseThrow();
    assertThat(insee.type()).isEqualTo("string");
    assertThat(insee.required()).isTrue();
    assertThat(insee.unique()).isFalse();
    assertThat(fits(insee, "2A004")).isTrue();
    assertThat(fits(insee, "2A0041")).isFalse();
    Field point = irve.schema().findField("id_pdc_itinerance").orElseThrow();
    assertThat(point.unique()).isTrue();
    Field contact = irve.schema().findField("contact_amenageur").orElseThrow();
    assertThat(contact.format()).isEqualTo("email");
    assertThat(contact.required()).isFalse();
    assertThat(contact.pattern()).isNull();
  }

  @Test
  void lengths_choices_and_examples_are_kept() throws IOException {
    TableSchema decp = fragment("decp.json").schema();
    Field buyer = decp.findField("acheteur_id").orElseThrow();
    assertThat(buyer.minLength()).isEqualTo(14);
    assertThat(buyer.maxLength()).isEqualTo(14);
    assertThat(buyer.title()).isEqualTo("Identification de l'acheteur (SIRET)");
    assertThat(decp.findField("nature").orElseThrow().choices())
        .containsExactly("Marché", "Marché de partenariat", "Accord-cadre", "Marché subséquent");
    assertThat(decp.findField("dureeMois").orElseThrow().example()).isEqualTo("3");
    assertThat(decp.findField("dateNotification").orElseThrow().format()).isEqualTo("%Y-%m-%d");
  }

  @Test
  void the_codes_of_national_schemas_are_bound_and_nothing_else_is() throws IOException {
    assertThat(bound(fragment("irve-statique.json").schema()))
        .containsExactly(
            "siren_amenageur siren NAME",
            "code_postal codes-postaux NAME",
            "code_insee_commune communes NAME");
    assertThat(bound(fragment("decp.json").schema()))
        .containsExactly("acheteur_id siret NAME", "codeCPV cpv NAME");
    assertThat(bound(fragment("scdl-subventions-1.0.0.json").schema()))
        .containsExactly("ATTRIBUANT_ID siret NAME");
  }

  @Test
  void a_field_that_names_its_reference_is_believed() {
    assertThat(boundField("\"name\": \"lieu\", \"pivot:referential\": \"communes@2024\""))
        .containsExactly("lieu communes@2024 STATED");
    assertThat(
            boundField(
                "\"name\": \"lieu\", \"rdfType\":"
                    + " \"https://pivot.example.org/v1/referentials/naf@rev2\""))
        .containsExactly("lieu naf@rev2 STATED");
    assertThat(boundField("\"name\": \"siret\", \"rdfType\": \"https://schema.org/identifier\""))
        .containsExactly("siret siret NAME");
  }

  @Test
  void a_title_or_words_that_the_form_confirms_bind_a_field() {
    assertThat(boundField("\"name\": \"c1\", \"title\": \"Code INSEE\""))
        .containsExactly("c1 communes TITLE");
    assertThat(
            boundField(
                "\"name\": \"c2\", \"title\": \"Identifiant SIRET de la structure porteuse\","
                    + "\"constraints\": {\"pattern\": \"[0-9]{14}\"}"))
        .containsExactly("c2 siret WORDS");
    assertThat(boundField("\"name\": \"c3\", \"title\": \"Nom lié au SIRET de la structure\""))
        .isEmpty();
    assertThat(
            boundField(
                "\"name\": \"c4\", \"title\": \"APE\", \"example\": \"6201Z\","
                    + "\"constraints\": {\"pattern\": \"^\\\\d{4}[A-Z]$\"}"))
        .containsExactly("c4 naf TITLE");
  }

  @Test
  void a_name_that_several_referentials_share_leaves_them_all() {
    assertThat(boundField("\"name\": \"code_pays\""))
        .containsExactly("code_pays iso-3166-1|pays NAME");
    assertThat(boundField("\"name\": \"code_pays\", \"constraints\": {\"maxLength\": 2}"))
        .containsExactly("code_pays iso-3166-1 NAME");
  }

  @Test
  void dates_and_flags_hold_no_codes() {
    assertThat(boundField("\"name\": \"siret\", \"type\": \"boolean\"")).isEmpty();
    assertThat(boundField("\"name\": \"commune\", \"example\": \"Rennes\"")).isEmpty();
  }

  @Test
  void a_package_that_holds_one_schema_is_read() {
    TableSchema schema =
        readable(
                """
                \uFEFF{"name": "p", "resources": [{"name": "doc", "path": "lisez-moi.md"},
                 {"name": "d", "path": "d.csv", "schema":
                  {"fields": [{"name": "insee"}], "missingValues": ["", "-", {"value": "NC"}],
                   "primaryKey": ["insee"]}}]}
                """)
            .schema();
    assertThat(schema.findField("insee").orElseThrow().type()).isEqualTo("any");
    assertThat(schema.missingValues()).containsExactly("", "-", "NC");
    assertThat(schema.primaryKey()).containsExactly("insee");
  }

  @Test
  void what_is_no_schema_says_why() {
    assertThat(refusal("{\"fields\": ["))
        .isEqualTo("The schema is not JSON, or exceeds what is read of it: line 1, column 13.");
    assertThat(refusal("")).startsWith("The schema is not JSON, ");
    assertThat(refusal("[".repeat(100_000))).startsWith("The schema is not JSON, ");
    assertThat(refusal("{\"fields\": [], \"x\": " + "[".repeat(30) + "]".repeat(30) + "}"))
        .startsWith("The schema is not JSON, ");
    assertThat(refusal("{\"fields\": [], \"x\": \"" + "x".repeat(100_001) + "\"}"))
        .startsWith("The schema is not JSON, ");
    assertThat(refusal("{\"fields\": [], \"x\": " + "1".repeat(101) + "}"))
        .startsWith("The schema is not JSON, ");
    assertThat(refusal("{\"fields\": [], \"fields\": [{\"name\": \"a\"}]}"))
        .startsWith("The schema is not JSON, ");
    assertThat(refusal("[]")).isEqualTo("The schema is no JSON object.");
    assertThat(refusal("null")).isEqualTo("The schema is no JSON object.");
    assertThat(refusal("{}")).isEqualTo("The schema has no list \"fields\".");
    assertThat(refusal("{\"fields\": []}")).isEqualTo("The schema describes no field.");
    assertThat(refusal("{\"resources\": [{\"schema\": \"schema.json\"}]}"))
        .isEqualTo("The package leads to its schema and does not hold it: give the schema itself.");
    assertThat(
            refusal(
                "{\"resources\": [{\"schema\": {\"fields\": []}}, {\"schema\": {\"fields\":"
                    + " []}}]}"))
        .isEqualTo("The package holds several schemas: give that of the file.");
    assertThat(refusal(" ".repeat(TableSchemaReader.LARGEST + 1)))
        .isEqualTo("The schema exceeds two million bytes.");
  }

  @Test
  void what_is_wrong_in_one_place_is_remarked_and_passed_over() {
    Readable reading =
        readable(
            """
            {"primaryKey": ["a", "absent"], "fields": [
              {"name": "a", "type": "text", "constraints": {"pattern": "(?=x)y", "minLength": "3"}},
              {"title": "sans nom"}, {"name": "a"}]}
            """);
    assertThat(reading.schema().fields()).extracting(Field::name).containsExactly("a");
    assertThat(reading.schema().primaryKey()).containsExactly("a");
    Field a = reading.schema().fields().getFirst();
    assertThat(a.type()).isEqualTo("any");
    assertThat(a.pattern()).isNull();
    assertThat(a.minLength()).isNull();
    assertThat(reading.remarks())
        .extracting(Remark::path)
        .containsExactly(
            "fields[0].type",
            "fields[0].constraints.pattern",
            "fields[1]",
            "fields[2].name",
            "primaryKey");
  }

  @Test
  void a_pattern_that_repeats_repetitions_is_passed_over() {
    for (String hostile :
        List.of("((a{1000}){1000}){1000}", "[a]{1000}{1000}", "\\\\Q[\\\\E(a{1000}){1000}")) {
      Readable reading =
          readable(
              "{\"fields\": [{\"name\": \"a\", \"constraints\": {\"pattern\": \""
                  + hostile
                  + "\"}}]}");
      assertThat(reading.schema().fields().getFirst().pattern()).as(hostile).isNull();
      assertThat(reading.remarks())
          .extracting(remark -> remark.message().en())
          .as(hostile)
          .containsExactly("The pattern is too long.");
    }
  }

  @Test
  void the_patterns_of_all_fields_together_have_a_limit() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      fields
          .append(i == 0 ? "" : ",")
          .append("{\"name\": \"f")
          .append(i)
          .append("\", \"constraints\": {\"pattern\": \"[0-9]{1000}\"}}");
    }
    Readable reading = readable("{\"fields\": [" + fields + "]}");
    assertThat(reading.schema().fields()).hasSize(500);
    assertThat(reading.schema().fields())
        .filteredOn(f -> f.pattern() != null)
        .hasSizeBetween(20, 250);
    assertThat(reading.remarks()).hasSizeBetween(250, 480);
  }

  @Test
  void a_hostile_pattern_takes_linear_time() {
    Field field =
        readable("{\"fields\": [{\"name\": \"a\", \"constraints\": {\"pattern\": \"(a+)+b\"}}]}")
            .schema()
            .fields()
            .getFirst();
    assertThat(fits(field, "a".repeat(10_000))).isFalse();
  }
}
