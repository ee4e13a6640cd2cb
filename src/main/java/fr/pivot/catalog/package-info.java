/** Which referentials and releases exist, which is current, how a reference resolves. */
@NullMarked
package fr.pivot.catalog;

import org.jspecify.annotations.NullMarked;
