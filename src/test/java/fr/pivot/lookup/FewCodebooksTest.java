package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.referential.Language;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.Test;

/** A command that reads only the codebooks it needs answers as the whole registry does. */
class FewCodebooksTest {

  private static final String[][] QUESTIONS = {
    {"communes", "01091", "01033", "97502", "14666", "no such code"},
    {"communes@2015-12-31", "01091", "44060"},
    {"communes-deleguees", "01091", "01025"},
    {"epci@2026", "240100891"},
    {"naf@rev2", "6201z"},
    {"iso-3166-1", "FR", "SU"},
    {"communes@1901", "01033"},
    {"no-such-referential", "1"},
    {"communes@@", "1"},
  };

  @Test
  void the_answers_are_those_of_the_whole_registry() {
    try (TestDatabase database = TestDatabase.shipped();
        ApplicationContext whole = database.start();
        ApplicationContext few = database.start()) {
      whole.getBean(Registries.class).refresh();
      for (String[] question : QUESTIONS) {
        few.getBean(Registries.class).refreshFor(question[0].split("@", 2)[0]);
        for (int i = 1; i < question.length; i++) {
          assertThat(
                  few.getBean(CodeAnswers.class).find(question[0], question[i], Language.ENGLISH))
              .as(question[0] + ' ' + question[i])
              .isEqualTo(
                  whole
                      .getBean(CodeAnswers.class)
                      .find(question[0], question[i], Language.ENGLISH));
        }
      }
      few.getBean(Registries.class).refreshFor("naf");
      assertThat(few.getBean(Registries.class).current().findCodes("communes")).isEmpty();
      few.getBean(Registries.class).refresh();
      assertThat(few.getBean(Registries.class).current().listAll())
          .hasSameSizeAs(whole.getBean(Registries.class).current().listAll());
    }
  }
}
