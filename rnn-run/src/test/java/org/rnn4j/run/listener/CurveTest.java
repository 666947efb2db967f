package org.rnn4j.run.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;

class CurveTest {
    private static final int TRAINING = 0x9db8d9;
    private static final int VALIDATION = 0xc0392b;

    @TempDir
    Path directory;

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return colours;
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static CurvePoints points(String metric) {
        CurvePoints points = new CurvePoints();
        for (int step = 1; step <= 300; step++) {
            points.step(step, 3 + 30.0 / (step + 10));
        }
        points.validation(150, Reports.validation(150, 4, true, metric, 5.0).scores());
        points.validation(300, Reports.validation(300, 3.5, true, metric, 4.8).scores());
        return points;
    }

    @Test
    void theCurveIsAReadableImageWithEveryLineInIt() throws IOException {
        Baseline baseline = new Baseline("bigram, interpolated", "bits per character", 4.9);
        RunFolder folder = new RunFolder(directory);
        DataSet data = Reports.data(Map.of(), baseline);
        Listener curve = new Curve(640, 480).create(new RunContext(folder, data, TypeRegistry.of()));
        curve.started(Reports.trainer(0));
        assertFalse(Files.exists(folder.curve()), "the trial picture is no curve");
        for (int step = 1; step <= 100; step++) {
            curve.stepped(Reports.step(step, 100, 3 + 30.0 / (step + 10)));
        }
        curve.validated(Reports.validation(100, 3.5, true, "bits per character", 5.05));
        BufferedImage image = ImageIO.read(folder.curve().toFile());
        assertEquals(List.of(640, 480), List.of(image.getWidth(), image.getHeight()));
        assertTrue(colours(image).containsAll(List.of(TRAINING, VALIDATION, 0xffffff)));
    }

    @Test
    void aMetricThatIsNoFunctionOfTheLossHasItsOwnChart() throws IOException {
        CurveChart chart = new CurveChart(500, 400);
        byte[] png = chart.png(points("accuracy"), List.of());
        BufferedImage image = image(png);
        assertEquals(List.of(500, 400), List.of(image.getWidth(), image.getHeight()));
        Set<Integer> above = colours(image.getSubimage(0, 0, 500, 200));
        Set<Integer> below = colours(image.getSubimage(0, 200, 500, 200));
        assertTrue(above.containsAll(Set.of(TRAINING, VALIDATION)));
        assertTrue(below.contains(VALIDATION) && !below.contains(TRAINING));

        BufferedImage with = image(chart.png(points("accuracy"), List.of(new Baseline("majority", "accuracy", 4.9))));
        assertFalse(differ(image.getSubimage(0, 0, 500, 200), with.getSubimage(0, 0, 500, 200)));
        assertTrue(differ(image.getSubimage(0, 200, 500, 200), with.getSubimage(0, 200, 500, 200)));
    }

    private static boolean differ(BufferedImage a, BufferedImage b) {
        int[] left = a.getRGB(0, 0, a.getWidth(), a.getHeight(), null, 0, a.getWidth());
        return !Arrays.equals(left, b.getRGB(0, 0, b.getWidth(), b.getHeight(), null, 0, b.getWidth()));
    }

    @Test
    void baselinesAreDrawnIfTheyAreOfTheSameMetric() throws IOException {
        CurveChart chart = new CurveChart(400, 300);
        BufferedImage without = image(chart.png(points("nats"), List.of()));
        BufferedImage other = image(chart.png(points("nats"), List.of(new Baseline("majority", "accuracy", 4))));
        BufferedImage same = image(chart.png(points("nats"), List.of(new Baseline("bigram, smooth", "nats", 4))));
        assertFalse(differ(without, other));
        assertTrue(differ(without, same));
    }

    @Property(tries = 30)
    void pointsGoOnFromTheirState(@ForAll @IntRange(max = 5000) int before, @ForAll @IntRange(max = 1500) int after) {
        CurvePoints whole = new CurvePoints();
        CurvePoints part = new CurvePoints();
        for (int step = 1; step <= before; step++) {
            whole.step(step, 1.0 / step);
            part.step(step, 1.0 / step);
        }
        CurvePoints resumed = CurvePoints.of(part.state());
        for (int step = before + 1; step <= before + after; step++) {
            whole.step(step, 1.0 / step);
            resumed.step(step, 1.0 / step);
        }
        assertEquals(whole.training(), resumed.training());
        assertTrue(whole.training().size() <= 1000);
        if (before + after > 0) {
            List<CurvePoints.Point> points = whole.training();
            assertEquals(before + after, points.get(points.size() - 1).step());
        }
    }

    @Test
    void pointsAreMeansOverEquallyManySteps() {
        CurvePoints points = new CurvePoints();
        for (int step = 1; step <= 2001; step++) {
            points.step(step, step);
        }
        // 1,000 points became 500 of 2 steps, and these 1,000 of 2 became 500 of 4; one step is left over.
        assertEquals(501, points.training().size());
        assertEquals(new CurvePoints.Point(4, 2.5), points.training().get(0));
        assertEquals(new CurvePoints.Point(2000, 1998.5), points.training().get(499));
        assertEquals(new CurvePoints.Point(2001, 2001), points.training().get(500));
    }

    @Test
    void equalPointsGiveEqualPictures() throws IOException {
        CurveChart chart = new CurveChart(400, 300);
        CurvePoints points = points("bits per character");
        assertArrayEquals(chart.png(points, List.of()), chart.png(CurvePoints.of(points.state()), List.of()));
    }
}
