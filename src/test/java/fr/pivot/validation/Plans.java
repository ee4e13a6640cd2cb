package fr.pivot.validation;

import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.comptes.ComptesFormat;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.validation.detection.Detector;
import java.io.IOException;
import java.util.List;

/**
 * Lines of official account plans (DGFiP, M14 of communes of more than 3,500 inhabitants): account
 * 7382 was "Permis de chasser" until 2014, none in 2018, and is "Fraction de TVA" in 2024.
 */
final class Plans {

  private static final String PLAN =
      """
      <?xml version='1.0' encoding='UTF-8'?>
      <Nomenclature Norme="M14" Declinaison="M14_COM_SUP3500" Exer="%s"><Nature><Comptes>
      <Compte Code="7" Libelle="Comptes de produits"><Compte Code="73" Libelle="Impôts et taxes">
      <Compte Code="738" Libelle="Autres taxes">
      <Compte Code="7381" Libelle="Taxes additionnelles aux droits de mutation ou à la taxe de publicité foncière"/>
      %s
      <Compte Code="7388" Libelle="Autres taxes diverses"/>
      </Compte></Compte></Compte></Comptes></Nature></Nomenclature>
      """;

  private Plans() {}

  /** The plans of 2014, 2018 and 2024 beside other referentials. */
  static Detector beside(ReadRegistry others) throws IOException {
    read(others, "2014", "<Compte Code=\"7382\" Libelle=\"Permis de chasser\"/>");
    read(others, "2018", "");
    read(others, "2024", "<Compte Code=\"7382\" Libelle=\"Fraction de TVA\"/>");
    return new Detector(others.toRegistry(), Shipped.TODAY);
  }

  private static void read(ReadRegistry into, String year, String account) throws IOException {
    into.read(
        new ComptesFormat(),
        List.of(ReadFiles.file("planDeCompte.xml", PLAN.formatted(year, account))),
        null);
  }
}
