/** Problems as answers, for programs and for people who met one in a browser. */
@NullMarked
package fr.pivot.http.problem;

import org.jspecify.annotations.NullMarked;
