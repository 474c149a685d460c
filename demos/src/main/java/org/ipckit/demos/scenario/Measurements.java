package org.ipckit.demos.scenario;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** The latest measurements of each sensor. Any thread may call it. */
final class Measurements {

    private static final int KEPT = 600;
    private static final int MOST_SENSORS = 100;

    private final Map<String, Deque<Measurement>> bySensor = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Adds one; the oldest of that sensor is forgotten when there are too many. */
    void add(Measurement measurement) {
        lock.lock();
        try {
            if (bySensor.size() == MOST_SENSORS && !bySensor.containsKey(measurement.sensor())) {
                throw new IllegalArgumentException("there are " + MOST_SENSORS + " sensors already");
            }
            Deque<Measurement> all = bySensor.computeIfAbsent(measurement.sensor(), name -> new ArrayDeque<>());
            if (all.size() == KEPT) {
                all.removeFirst();
            }
            all.addLast(measurement);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the names of the sensors that have said something. */
    List<String> sensors() {
        lock.lock();
        try {
            return List.copyOf(bySensor.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last so many of a sensor, the oldest first; none if it has said nothing. */
    List<Measurement> last(String sensor, int count) {
        lock.lock();
        try {
            Deque<Measurement> all = bySensor.getOrDefault(sensor, new ArrayDeque<>());
            return all.stream()
                    .skip(Math.max(0, all.size() - Math.max(1, count)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
