package fr.pivot.pages.guides;

/**
 * A guide in a language.
 *
 * @param name its name in addresses: {@code tableur}
 * @param lead what it is for, in a sentence or two, without marks
 * @param html what follows, in which the server is called {@link Guides#SERVER}
 */
record Guide(String name, String title, String lead, String html) {}
