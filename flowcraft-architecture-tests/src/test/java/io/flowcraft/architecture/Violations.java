package io.flowcraft.architecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What a rule says about classes that break it. */
final class Violations {

  private Violations() {}

  static List<String> of(ArchRule rule, Class<?>... types) {
    return rule.evaluate(new ClassFileImporter().importClasses(types))
        .getFailureReport()
        .getDetails();
  }
}
