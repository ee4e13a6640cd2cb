package fr.pivot.pages;

import fr.pivot.referential.Text;
import fr.pivot.registry.Points;
import java.util.List;

/**
 * A page that others start from.
 *
 * @param name its address without the slash
 * @param title what one does there
 */
record MainPage(String name, Text title) {

  /** All of them, as they are offered. */
  static final List<MainPage> ALL =
      List.of(
          new MainPage("recherche", new Text("Chercher un code", "Search for a code")),
          new MainPage("controler", new Text("Contrôler un fichier", "Check a file")),
          new MainPage("aligner", new Text("Aligner une liste", "Align a list")),
          new MainPage("referentiels", new Text("Les référentiels", "The referentials")),
          new MainPage("changements", new Text("Ce qui a changé", "What changed")),
          new MainPage("guides", new Text("Les guides", "The guides")),
          new MainPage("docs", new Text("L’API", "The API")));

  /** Those that the first word of an address may have meant. */
  static List<MainPage> near(String word) {
    List<String> names = ALL.stream().map(MainPage::name).toList();
    List<String> near = Points.listNear(names, fr.pivot.text.Words.fold(word));
    return ALL.stream().filter(page -> near.contains(page.name)).toList();
  }

  /** Its address. */
  String address() {
    return '/' + name;
  }
}
