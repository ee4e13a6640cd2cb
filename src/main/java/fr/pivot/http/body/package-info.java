/** What people send along with a request: files and forms, read as they come. */
@NullMarked
package fr.pivot.http.body;

import org.jspecify.annotations.NullMarked;
