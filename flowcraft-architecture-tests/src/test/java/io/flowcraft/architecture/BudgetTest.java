package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BudgetTest {

  @TestFactory
  Stream<DynamicTest> everyModuleKeepsItsBudget() {
    return House.HERE.modules().stream()
        .filter(House.Module::isCode)
        .map(
            module ->
                dynamicTest(
                    module.name(),
                    () ->
                        assertThat(module.sources())
                            .flatExtracting(Budget::overspentIn)
                            .isEmpty()));
  }

  @Test
  void aLongFileIsReported() {
    assertThat(overspentIn("Long.java", "class Long {\n" + "\n".repeat(499) + "}\n"))
        .containsExactly("Long.java has 501 lines, more than 500");
    assertThat(overspentIn("Long.java", "class Long {\n" + "\n".repeat(498) + "}\n")).isEmpty();
  }

  @Test
  void aLongMethodIsReported() {
    assertThat(overspentIn("A.java", methodOf(61)))
        .containsExactly("A.java:2: run(...) has 61 lines, more than 60");
    assertThat(overspentIn("A.java", methodOf(60))).isEmpty();
  }

  @Test
  void aConstructorOfSevenIsReportedUnlessItIsARecordsOwn() {
    String seven = "(int a, int b, int c, int d, int e, int f, int g)";
    assertThat(overspentIn("A.java", "class A { A" + seven + " {} }"))
        .singleElement()
        .asString()
        .startsWith("A.java:1: A(...) takes 7 parameters, more than 6")
        .contains("record's canonical constructor");
    assertThat(overspentIn("A.java", "record A" + seven + " {}")).isEmpty();
    assertThat(overspentIn("A.java", "record A" + seven + " { A { check(); } }")).isEmpty();
    assertThat(overspentIn("A.java", "record A" + seven + " { A" + seven + " {} }")).isEmpty();
    assertThat(overspentIn("A.java", "record A(int a) { A" + seven + " { this(a); } }")).hasSize(1);
  }

  private static List<String> overspentIn(String name, String text) {
    return Budget.overspentIn(SourceFile.parse(name, text));
  }

  private static String methodOf(int lines) {
    return "class A {\n  void run() {\n" + "    go();\n".repeat(lines - 2) + "  }\n}\n";
  }
}
