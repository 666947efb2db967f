package org.rnn4j.core.optim;

import java.util.regex.Pattern;

/**
 * Parameters that learn differently, chosen by name. They are most often biases and gains without weight decay: there are few of them, and decaying
 * them does not make a function smoother.
 *
 * <pre>{@code
 * List<Group> groups = List.of(Group.weightDecay("*.b", 0), Group.weightDecay("*.bias", 0), Group.weightDecay("*.gain", 0));
 * Optimizer optimizer = new Optimizer(new AdamW(), model, 0.01, groups);
 * }</pre>
 *
 * @param pattern a parameter's path, in which {@code *} matches any characters: {@code embed.*}, {@code *.b}
 * @param rateFactor multiplies the learning rate; 1 by default
 * @param weightDecay how strongly the numbers are drawn to 0; the optimizer's by default
 * @param frozen whether the parameters do not learn at all; false by default
 */
public record Group(String pattern, Double rateFactor, Double weightDecay, Boolean frozen) {
    /** Checks the ranges. */
    public Group {
        if (pattern == null || pattern.isEmpty()) {
            throw new IllegalArgumentException("pattern is missing, expected one such as embed.*");
        }
        rateFactor = rateFactor == null ? 1 : Settings.notNegative("rateFactor", rateFactor);
        weightDecay = weightDecay == null ? null : (Double) Settings.notNegative("weightDecay", weightDecay);
        frozen = frozen != null && frozen;
    }

    /** Parameters that do not learn. */
    public static Group frozen(String pattern) {
        return new Group(pattern, null, null, true);
    }

    /** Parameters with their own weight decay. */
    public static Group weightDecay(String pattern, double weightDecay) {
        return new Group(pattern, null, weightDecay, null);
    }

    /** Whether a parameter's path fits the pattern. */
    public boolean matches(String name) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), name);
    }
}
