package io.flowcraft.testkit.simulation;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tasks that wait, each inside the one that has waited longer, by the places in the code. */
final class WaitingTasks {

  private static final int MOST_TASKS = 8;
  private static final int MOST_PLACES = 8;
  private static final Set<String> WAYS_OF_WAITING =
      Set.of(Answer.class.getName(), Host.class.getName(), WaitingTasks.class.getName());

  private WaitingTasks() {}

  /** The tasks that wait on the calling thread, the last one first, a line for each. */
  static List<String> now() {
    List<String> tasks = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (StackFrame frame : StackWalker.getInstance().walk(frames -> frames.toList())) {
      if (frame.getClassName().equals(World.class.getName())) {
        add(tasks, places);
        places.clear();
      } else if (isPlace(frame) && places.size() < MOST_PLACES) {
        places.add(simpleName(frame) + "." + frame.getMethodName() + ":" + frame.getLineNumber());
      }
    }
    return tasks;
  }

  private static void add(List<String> tasks, List<String> places) {
    if (!places.isEmpty() && tasks.size() < MOST_TASKS) {
      tasks.add(String.join(" < ", places));
    }
  }

  private static boolean isPlace(StackFrame frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.") && !WAYS_OF_WAITING.contains(name);
  }

  private static String simpleName(StackFrame frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
