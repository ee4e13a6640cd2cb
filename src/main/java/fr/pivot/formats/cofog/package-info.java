/**
 * The functions of government (COFOG): <a
 * href="https://unstats.un.org/unsd/classifications/Econ">United Nations Statistics Division</a>.
 */
@NullMarked
package fr.pivot.formats.cofog;

import org.jspecify.annotations.NullMarked;
