package fr.pivot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says what a test class needs of a running Pivot. Its constructor and its methods are given what
 * they have a parameter for: a {@link fr.pivot.http.ContractClient}, the {@code EmbeddedServer},
 * the {@code ApplicationContext}, the {@link TestDatabase}, or any part of Pivot.
 *
 * <p>Classes that ask for the same in memory share one application, which ends with the run. One on
 * a database, or with properties, is the class's own and ends with it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunningPivot.class)
public @interface PivotTest {

  /** What the application answers from. */
  Holding value() default Holding.SHIPPED;

  /** Further properties, each {@code name=value}. */
  String[] properties() default {};

  /** Whether the class needs an application that nobody else asked anything. */
  boolean own() default false;

  /** What an application answers from. Without a database, it is 1 March 2026. */
  enum Holding {
    /** What ships with Pivot, read into memory. */
    SHIPPED,
    /** A few codes made for tests. */
    SAMPLE,
    /** What ships with Pivot, in a database. */
    SHIPPED_DATABASE,
    /** A database without referentials. */
    EMPTY_DATABASE
  }
}
