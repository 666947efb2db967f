package org.rnn4j.run.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.core.SavedValues;
import org.rnn4j.training.Scores;

/**
 * The points of a loss curve. Each point of the training loss is a mean over the same number of steps, which doubles whenever there are too many
 * points, so the curve of a long run is as fast to draw and as short to save as that of a short run.
 */
final class CurvePoints {
    private static final int MOST = 1000;
    private static final String VALIDATION = "validation";

    private long firstStep = -1;
    private long stepsPerPoint = 1;
    private final List<Double> means = new ArrayList<>();
    private double sum;
    private long count;

    private final List<Validation> validations = new ArrayList<>();
    private String metric = "";

    /**
     * A point of the curve.
     *
     * @param step of a mean over several, the last
     */
    record Point(long step, double value) {}

    private record Validation(long step, double loss, double metric) {}

    /** One point of each kind, to test whether they can be drawn. */
    static CurvePoints sample() {
        CurvePoints points = new CurvePoints();
        points.step(1, 1);
        points.validation(1, new Scores(1, Map.of()));
        return points;
    }

    /** The points of which {@link #state} gave this. */
    static CurvePoints of(Map<String, Object> state) {
        CurvePoints points = new CurvePoints();
        if (state.isEmpty()) {
            return points;
        }
        points.firstStep = SavedValues.number(state, "firstStep");
        points.stepsPerPoint = SavedValues.number(state, "stepsPerPoint");
        points.means.addAll(SavedValues.decimals(state, "means"));
        points.sum = SavedValues.decimal(state, "sum");
        points.count = SavedValues.number(state, "count");
        points.metric = SavedValues.text(state, "metric");
        for (Object item : SavedValues.list(state, "validations")) {
            List<Double> parts = SavedValues.decimals(Map.of(VALIDATION, item), VALIDATION);
            if (parts.size() != 3) {
                throw new IllegalArgumentException("progress: " + VALIDATION + " is " + parts + ", expected 3 numbers");
            }
            points.validations.add(new Validation(parts.get(0).longValue(), parts.get(1), parts.get(2)));
        }
        return points;
    }

    Map<String, Object> state() {
        if (isEmpty()) {
            return Map.of();
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("firstStep", firstStep);
        state.put("stepsPerPoint", stepsPerPoint);
        state.put("means", List.copyOf(means));
        state.put("sum", sum);
        state.put("count", count);
        state.put("metric", metric);
        List<Object> list = new ArrayList<>();
        validations.forEach(v -> list.add(List.of(v.step(), v.loss(), v.metric())));
        state.put("validations", list);
        return state;
    }

    void step(long step, double loss) {
        if (firstStep < 0) {
            firstStep = step;
        }
        sum += loss;
        count++;
        if (count == stepsPerPoint) {
            means.add(sum / count);
            sum = 0;
            count = 0;
        }
        if (means.size() == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                means.set(i, (means.get(2 * i) + means.get(2 * i + 1)) / 2);
            }
            means.subList(MOST / 2, MOST).clear();
            stepsPerPoint *= 2;
        }
    }

    void validation(long step, Scores scores) {
        metric = scores.metrics().keySet().stream().findFirst().orElse("");
        double value = metric.isEmpty() ? scores.loss() : scores.metrics().get(metric);
        validations.add(new Validation(step, scores.loss(), value));
    }

    boolean isEmpty() {
        return firstStep < 0 && validations.isEmpty();
    }

    /** The training loss, the steps since the last whole point included. */
    List<Point> training() {
        List<Point> points = new ArrayList<>();
        for (double mean : means) {
            points.add(new Point(firstStep - 1 + (points.size() + 1) * stepsPerPoint, mean));
        }
        if (count > 0) {
            points.add(new Point(firstStep - 1 + points.size() * stepsPerPoint + count, sum / count));
        }
        return points;
    }

    /** The validation loss. */
    List<Point> validationLoss() {
        return validations.stream().map(v -> new Point(v.step(), v.loss())).toList();
    }

    /** The first metric of the validations. */
    List<Point> validationMetric() {
        return validations.stream().map(v -> new Point(v.step(), v.metric())).toList();
    }

    /** The label of the first metric; empty where there is none. */
    String metric() {
        return metric;
    }
}
