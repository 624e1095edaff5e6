package io.flowcraft.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.Main;

/** Runs the benchmarks of this module; the arguments are those of JMH's command line. */
public final class BenchmarkMain {

  private BenchmarkMain() {}

  /**
   * Hands the command line to JMH.
   *
   * @param args names of benchmarks (regular expressions) and JMH's options
   * @throws IOException if JMH cannot start a fork or write its results
   */
  public static void main(String[] args) throws IOException {
    Main.main(args);
  }
}
