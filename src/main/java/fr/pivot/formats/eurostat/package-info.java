/**
 * The European and international classifications of activities and products, and the tables between
 * them, in the layouts in which Eurostat hands them out: <a
 * href="https://showvoc.op.europa.eu/">ShowVoc</a> and the examples of its package <a
 * href="https://github.com/eurostat/correspondenceTables">correspondenceTables</a>.
 */
@NullMarked
package fr.pivot.formats.eurostat;

import org.jspecify.annotations.NullMarked;
