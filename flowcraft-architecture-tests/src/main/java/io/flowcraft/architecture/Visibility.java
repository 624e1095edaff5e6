package io.flowcraft.architecture;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The ladder: package-private, then internal and not exported, then API. */
final class Visibility {

  static final ArchRule API_SHOWS_NO_INTERNAL_TYPE =
      classes()
          .that(are(visibleToUsers()))
          .should(showNoInternalType())
          .because("users must be able to name every type that the API hands to them");

  private Visibility() {}

  static boolean isInternal(String packageName) {
    return Arrays.asList(packageName.split("\\.")).contains("internal");
  }

  /** The internal packages that a module exports to everyone. */
  static List<String> exportedInternals(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .filter(Visibility::isInternal)
        .sorted()
        .toList();
  }

  private static DescribedPredicate<JavaClass> visibleToUsers() {
    return DescribedPredicate.describe(
        "visible to users", type -> isSeen(type) && !isInternal(type.getPackageName()));
  }

  private static boolean isSeen(JavaClass type) {
    return isSeen(type.getModifiers())
        && type.getEnclosingClass().map(Visibility::isSeen).orElse(true);
  }

  private static boolean isSeen(java.util.Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static ArchCondition<JavaClass> showNoInternalType() {
    return new ArchCondition<>("show no internal type") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        report(type.getFullName(), declaredBy(type), events);
        type.getMembers().stream()
            .filter(member -> isSeen(member.getModifiers()))
            .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
            .forEach(member -> report(member.getFullName(), shownBy(member), events));
      }
    };
  }

  private static void report(String shower, Stream<JavaType> shown, ConditionEvents events) {
    shown
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(type -> isInternal(type.getPackageName()))
        .distinct()
        .forEach(
            type ->
                events.add(
                    SimpleConditionEvent.violated(type, shower + " shows " + type.getFullName())));
  }

  private static Stream<JavaType> declaredBy(JavaClass type) {
    return Stream.of(
            type.getSuperclass().stream(),
            type.getInterfaces().stream(),
            bounds(type.getTypeParameters()))
        .flatMap(types -> types);
  }

  private static Stream<JavaType> shownBy(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(code.getReturnType()),
            code.getParameterTypes().stream(),
            code.getExceptionTypes().stream(),
            bounds(code.getTypeParameters()))
        .flatMap(types -> types);
  }

  private static Stream<JavaType> bounds(List<? extends JavaTypeVariable<?>> variables) {
    return variables.stream().flatMap(variable -> variable.getUpperBounds().stream());
  }
}
