package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens, one thing after the other on one thread. What is ready runs in an order
 * that is left to choice; time passes when nothing is ready.
 *
 * <p>A task that waits lets the world go on inside itself. So whoever waited first goes on last, as
 * if its thread were slow.
 */
final class World {

  private static final long BEGIN = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

  /** Whoever does more without time passing goes round in circles. */
  private static final long MOST_STEPS_AT_A_TIME = 200_000;

  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final Choices choices;
  private final List<Task> ready = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private final Deque<Task> exclusive = new ArrayDeque<>();
  private final List<Runnable> observers = new ArrayList<>();
  private final List<Runnable> observersOfTime = new ArrayList<>();
  private @Nullable Task current;
  private int waiting;
  private List<String> waitingAtEnd = List.of();
  private long millis;
  private long end = Long.MAX_VALUE;
  private long number;
  private long steps;
  private long stepsBefore;
  private boolean over;

  World(Choices choices) {
    this.choices = choices;
  }

  /** Something that can happen now. */
  private static final class Task {

    private final @Nullable Host owner;
    private final long number;
    private Runnable action;
    private final @Nullable Task origin;

    /**
     * A task.
     *
     * @param owner the process that it happens in; null if in none
     * @param number grows with each task and alarm
     * @param origin the task in which it arose; null for none
     */
    Task(@Nullable Host owner, Runnable action, long number, @Nullable Task origin) {
      this.owner = owner;
      this.action = action;
      this.number = number;
      this.origin = origin;
    }

    private boolean arisesFrom(Task other) {
      Task task = this;
      while (task != null && task.number > other.number) {
        task = task.origin;
      }
      return task == other;
    }
  }

  /** Something that happens at a time. */
  static final class Alarm implements Comparable<Alarm> {

    private final long at;
    private final Task task;
    private final boolean call;
    private boolean cancelled;

    private Alarm(long at, Task task, boolean call) {
      this.at = at;
      this.task = task;
      this.call = call;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Alarm other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Long.compare(task.number, other.task.number) : byTime;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(task.number);
    }
  }

  /** How long the world has existed. */
  long millis() {
    return millis;
  }

  /** What a clock without skew shows. */
  Instant now() {
    return Instant.ofEpochMilli(BEGIN + millis);
  }

  Choices choices() {
    return choices;
  }

  /** How many things have happened. */
  long steps() {
    return steps;
  }

  /** Lets something happen outside all processes, sooner or later, without time passing. */
  void ready(Runnable action) {
    ready.add(new Task(null, action, number++, current));
  }

  /** Lets something happen in a process, sooner or later, without time passing. */
  void ready(Host owner, Runnable action) {
    ready.add(new Task(owner, action, number++, current));
  }

  /** Lets something happen after a while. */
  Alarm after(Duration delay, Runnable action) {
    return after(delay, action, false);
  }

  /** The same for a call that arrives late, or ends in a timeout: its caller waits for it. */
  Alarm afterOnTheWay(Duration delay, Runnable action) {
    return after(delay, action, true);
  }

  private Alarm after(Duration delay, Runnable action, boolean call) {
    boolean never = delay.compareTo(FOREVER) > 0;
    long at = never ? Long.MAX_VALUE : millis + (delay.toNanos() + 999_999) / 1_000_000;
    Alarm alarm = new Alarm(at, new Task(null, action, number++, current), call);
    if (!never) {
      alarms.add(alarm);
    }
    return alarm;
  }

  /** Takes away, and returns in their order, the tasks that could happen in a process. */
  List<Runnable> takeFrom(Host owner) {
    List<Runnable> taken = new ArrayList<>();
    for (Task task : ready) {
      if (task.owner == owner) {
        taken.add(task.action);
      }
    }
    ready.removeIf(task -> task.owner == owner);
    return taken;
  }

  /** Whether nothing can happen without time passing. */
  boolean isQuiet() {
    return ready.isEmpty();
  }

  /** Looks at the world after each thing that happens. */
  void observe(Runnable observer) {
    observers.add(observer);
  }

  /** Looks at the world each time that time is about to pass. */
  void observeTime(Runnable observer) {
    observersOfTime.add(observer);
  }

  /** Time passes in which nothing happens; what was to happen in it happens late. */
  void leap(long toMillis) {
    millis = Math.max(millis, toMillis);
  }

  /** The tasks that were waiting when the time was over; each lets the ones inside it go first. */
  List<String> waitingAtEnd() {
    return waitingAtEnd;
  }

  /** From this moment on, so much time passes at most. */
  void endsAfter(Duration rest) {
    end = millis + rest.toMillis();
  }

  /** Nothing happens any more. */
  void stop() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Lets things happen as long as a task that waits wants it. */
  void waitWhile(BooleanSupplier wanted) {
    Task waiter = current;
    boolean asked = waiter == null;
    boolean excludes = false;
    waiting++;
    try {
      boolean more = true;
      while (more && wanted.getAsBoolean()) {
        if (waiter != null && !asked && hasOther(waiter)) {
          asked = true;
          excludes = Monitors.isHeld();
          if (excludes) {
            exclusive.push(waiter);
          }
        }
        more = step();
      }
    } finally {
      if (excludes) {
        exclusive.remove(waiter);
      }
      waiting--;
      current = waiter;
    }
  }

  /** Whether something could happen in the process of a task that does not arise from the task. */
  private boolean hasOther(Task waiter) {
    for (int i = 0; i < ready.size(); i++) {
      Task task = ready.get(i);
      if (task.owner == waiter.owner && task.owner != null && !task.arisesFrom(waiter)) {
        return true;
      }
    }
    return false;
  }

  /** Lets one thing happen; false if nothing can any more. */
  boolean step() {
    if (over) {
      return false;
    }
    Task next = next();
    if (next == null) {
      return pass();
    }
    steps++;
    if (steps - stepsBefore > MOST_STEPS_AT_A_TIME) {
      endOfTime();
      return false;
    }
    current = next;
    Runnable action = next.action;
    next.action = () -> {};
    try {
      action.run();
    } catch (ProcessDeath death) {
      // It was in a process that has been killed meanwhile.
      return !over;
    } catch (RuntimeException e) {
      // Nobody is there to see it: a thread of the process is free again.
      return true;
    } finally {
      current = null;
      observers.forEach(Runnable::run);
    }
    return true;
  }

  private @Nullable Task next() {
    if (ready.isEmpty()) {
      return null;
    }
    if (exclusive.isEmpty()) {
      return ready.remove(choices.order(ready.size()));
    }
    List<Task> able = new ArrayList<>(ready);
    able.removeIf(this::isShutOut);
    if (able.isEmpty() && !isAnybodyOnTheWay()) {
      able = ready;
    }
    if (able.isEmpty()) {
      return null;
    }
    Task next = able.get(choices.order(able.size()));
    ready.remove(next);
    return next;
  }

  /**
   * Whether a task has to wait for another one of its process that waits and holds a monitor. It
   * might not need the monitor; then it is just slow.
   */
  private boolean isShutOut(Task task) {
    for (Task holder : exclusive) {
      if (holder.owner == task.owner) {
        return !task.arisesFrom(holder);
      }
    }
    return false;
  }

  /** Whether a call of a task which waits and holds a monitor is still on its way. */
  private boolean isAnybodyOnTheWay() {
    Task holder = exclusive.peek();
    for (Alarm alarm : alarms) {
      if (alarm.call && !alarm.cancelled && holder != null && alarm.task.arisesFrom(holder)) {
        return true;
      }
    }
    return false;
  }

  private void endOfTime() {
    over = true;
    waitingAtEnd = waiting == 0 ? List.of() : WaitingTasks.now();
  }

  private boolean pass() {
    Alarm first = alarms.poll();
    if (first == null || first.at > end) {
      endOfTime();
      return false;
    }
    stepsBefore = steps;
    if (!first.cancelled && first.at > millis) {
      observersOfTime.forEach(Runnable::run);
    }
    if (!first.cancelled) {
      millis = Math.max(millis, first.at);
      ready.add(first.task);
    }
    return true;
  }
}
