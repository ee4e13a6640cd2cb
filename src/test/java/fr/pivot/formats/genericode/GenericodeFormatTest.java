package fr.pivot.formats.genericode;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericodeFormatTest {

  /** After the Publications Office's list of currencies (eForms SDK 1.13). */
  private static final String CURRENCY =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
        <Identification><ShortName>Currency</ShortName><Version>20240925-0</Version>
          <CanonicalUri>http://publications.europa.eu/resource/dataset/currency</CanonicalUri>
          <Agency><ShortName>OP</ShortName></Agency></Identification>
        <ColumnSet><Column Id="code" Use="required"><ShortName>Code</ShortName></Column>
          <Column Id="Name" Use="optional"><ShortName>Name</ShortName></Column></ColumnSet>
        <SimpleCodeList>
          <Row><Value ColumnRef="code"><SimpleValue>EUR</SimpleValue></Value>
            <Value ColumnRef="Name"><SimpleValue>Euro</SimpleValue></Value>
            <Value ColumnRef="fra_label"><SimpleValue>euro</SimpleValue></Value>
            <Value ColumnRef="deu_label"><SimpleValue>Euro</SimpleValue></Value></Row>
          <Row><Value ColumnRef="code"><SimpleValue>XXX</SimpleValue></Value></Row>
          <Row><Value ColumnRef="Name"><SimpleValue>nothing</SimpleValue></Value></Row>
        </SimpleCodeList>
      </gc:CodeList>
      """;

  @Test
  void the_identification_tells_referential_and_edition() {
    String whole = CURRENCY.replaceFirst("<Row><Value ColumnRef=\"Name\">.*</Row>\n", "");
    ReadFiles read = ReadFiles.of(new GenericodeFormat(), ReadFiles.file("currency.gc", whole));
    assertThat(read.described()).isEmpty();
    ReadFiles.Release list = read.release("currency@20240925-0");
    assertThat(list.head.referenceDate()).isEqualTo("2024-09-25");
    assertThat(list.get("EUR").label()).isEqualTo("euro");
    assertThat(list.get("EUR").labels()).isEqualTo(Map.of("de", "Euro"));
    assertThat(list.get("XXX").label()).isEqualTo("XXX");
    assertThat(
            ReadFiles.of(
                    new GenericodeFormat(),
                    new ReadOptions("monnaies@2024", false),
                    ReadFiles.file("currency.gc", whole))
                .releases)
        .containsOnlyKeys("monnaies@2024");
  }

  @Test
  void a_row_without_a_code_is_refused() {
    ReadFiles read = ReadFiles.of(new GenericodeFormat(), ReadFiles.file("currency.gc", CURRENCY));
    assertThat(read.described()).containsExactly("empty-value currency.gc:14 code");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void xml_of_something_else_is_not_recognised() {
    assertThat(ReadFiles.of(new GenericodeFormat(), ReadFiles.file("x.gc", "<html/>")).described())
        .containsExactly("unrecognised-file x.gc:0");
  }
}
