package io.flowcraft.examples.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where everything is, in pixels: layers from top to bottom, places from left to right. */
final class Layout {

  static final double BOX_WIDTH = 132;
  static final double BOX_HEIGHT = 46;
  static final double LAYER_HEIGHT = 96;
  private static final double PASSING_WIDTH = 16;
  private static final double GAP = 22;
  private static final int ROUNDS = 24;

  /** A point. */
  record Point(double x, double y) {}

  private final Layers layers;
  private final Map<Layers.Slot, Double> xs = new HashMap<>();
  private final Map<Layers.Slot, Double> ys = new HashMap<>();
  private double width;

  Layout(Layers layers) {
    this.layers = layers;
    double y = GAP + BOX_HEIGHT / 2;
    for (List<Layers.Slot> layer : layers.layers()) {
      double x = 0;
      for (Layers.Slot slot : layer) {
        xs.put(slot, x);
        ys.put(slot, y);
        x += BOX_WIDTH;
      }
      y += LAYER_HEIGHT;
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean up = round % 2 == 0;
      layers.layers().forEach(layer -> pull(layer, up));
    }
    shiftToOrigin();
  }

  double width() {
    return width;
  }

  double height() {
    return layers.layers().size() * LAYER_HEIGHT - (LAYER_HEIGHT - BOX_HEIGHT) + 2 * GAP;
  }

  /** The middle of a place. */
  Point at(Layers.Slot slot) {
    return new Point(xs.getOrDefault(slot, 0.0), ys.getOrDefault(slot, 0.0));
  }

  /**
   * Moves the places of a layer towards the middle of their neighbours without letting two overlap:
   * the average of the layouts that one gets from the left and from the right.
   */
  private void pull(List<Layers.Slot> layer, boolean up) {
    int size = layer.size();
    double[] wanted = new double[size];
    for (int i = 0; i < size; i++) {
      Layers.Slot slot = layer.get(i);
      wanted[i] =
          layers.neighbours(slot, up).stream()
              .mapToDouble(other -> at(other).x())
              .average()
              .orElse(at(slot).x());
    }
    double[] left = wanted.clone();
    double[] right = wanted.clone();
    for (int i = 1; i < size; i++) {
      left[i] = Math.max(wanted[i], left[i - 1] + distance(layer.get(i - 1), layer.get(i)));
    }
    for (int i = size - 2; i >= 0; i--) {
      right[i] = Math.min(wanted[i], right[i + 1] - distance(layer.get(i), layer.get(i + 1)));
    }
    for (int i = 0; i < size; i++) {
      xs.put(layer.get(i), (left[i] + right[i]) / 2);
    }
  }

  private static double distance(Layers.Slot a, Layers.Slot b) {
    return (widthOf(a) + widthOf(b)) / 2 + GAP;
  }

  private static double widthOf(Layers.Slot slot) {
    return slot.box() ? BOX_WIDTH : PASSING_WIDTH;
  }

  private void shiftToOrigin() {
    List<Layers.Slot> all = new ArrayList<>(xs.keySet());
    double left = all.stream().mapToDouble(s -> at(s).x() - widthOf(s) / 2).min().orElse(0);
    double right = all.stream().mapToDouble(s -> at(s).x() + widthOf(s) / 2).max().orElse(0);
    xs.replaceAll((slot, x) -> x - left + GAP);
    width = right - left + 2 * GAP;
  }
}
