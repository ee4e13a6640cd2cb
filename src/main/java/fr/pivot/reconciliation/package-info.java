/**
 * Tables held against referentials by clients of the reconciliation service API, as OpenRefine is
 * one: versions <a
 * href="https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/">0.2</a>
 * and <a href="https://reconciliation-api.github.io/specs/1.0-draft/">1.0 (draft)</a>.
 */
@NullMarked
package fr.pivot.reconciliation;

import org.jspecify.annotations.NullMarked;
