package org.rnn4j.peers;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.measure.Measurement;
import org.rnn4j.benchmarks.measure.Minibatches;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.benchmarks.measure.Sines;

/** Deeplearning4j (MultiLayerNetwork); the GRU, which it has no layer for, through SameDiff. */
public final class Dl4j {
    private static final String PEER = "dl4j";

    /** Much of it is Java, which is slow until it is compiled: more than the others' time before it counts. */
    private static final double WARM = 3;

    private final Settings settings;

    private Dl4j(Settings settings) {
        this.settings = settings;
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        Nd4j.getRandom().setSeed(1);
    }

    /** See {@link Settings} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        Dl4j program = new Dl4j(settings.with("warm", WARM * settings.get("warm", 2.0)));
        switch (settings.workload()) {
            case "INFO" -> {
                Nd4j.getExecutioner().printEnvironmentInformation();
                System.out.println("blas " + Nd4j.factory().blas().getBlasVendor() + ", at most "
                        + Nd4j.factory().blas().getMaxThreads() + " threads");
            }
            case "W1" -> program.book();
            case "W2" -> program.languageModel(65, 128, 128, 50, 50, new Adam(0.002), 5);
            case "W3" -> program.languageModel(10000, 650, 650, 20, 35, new Sgd(20.0 / 35), 0.25);
            case "W4" -> program.forecast();
            case "W6" -> program.streaming();
            default -> {
                LayerAlone size = LayerAlone.of(settings.workload());
                if (size.cell().equals("gru")) {
                    program.gruAlone(size);
                } else {
                    program.layerAlone(size);
                }
            }
        }
    }

    private static Layer embedding(int v, int d, int t) {
        return new EmbeddingSequenceLayer.Builder()
                .nIn(v)
                .nOut(d)
                .inputLength(t)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static Layer softmax(int h, int v) {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .dataFormat(RNNFormat.NCW)
                .nIn(h)
                .nOut(v)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static INDArray ids(int[] x, int n, int t) {
        float[] f = new float[x.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = x[i];
        }
        return Nd4j.create(f, new long[] {n, 1, t}, 'c');
    }

    /** One-hot labels [n, v, t] from y[n*t]. */
    private static INDArray oneHot(int[] y, int n, int v, int t) {
        float[] f = new float[n * v * t];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < t; k++) {
                f[(i * v + y[i * t + k]) * t + k] = 1;
            }
        }
        return Nd4j.create(f, new long[] {n, v, t}, 'c');
    }

    /**
     * State is carried only inside one fit() call, between the segments of its truncated BPTT, so one fit() gets a
     * sequence of CYCLE segments, and a listener takes the time of each. DL4J's loss and gradient are summed over time
     * (divided by the minibatch size alone), hence lr / t and score / t.
     */
    private void book() {
        int v = 418;
        int d = 100;
        int h = 100;
        int n = 10;
        int t = 5;
        int c = Minibatches.COUNT;
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .weightInit(WeightInit.XAVIER)
                .updater(new Sgd(0.1 / t))
                .list()
                .layer(embedding(v, d, t * c))
                .layer(new SimpleRnn.Builder()
                        .nIn(d)
                        .nOut(h)
                        .activation(Activation.TANH)
                        .build())
                .layer(softmax(h, v))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(t)
                .build());
        net.init();
        Minibatches data = Minibatches.of(v, n, t);
        int[] xs = new int[n * t * c];
        int[] ys = new int[n * t * c];
        for (int b = 0; b < c; b++) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(data.x()[b], i * t, xs, i * t * c + b * t, t);
                System.arraycopy(data.y()[b], i * t, ys, i * t * c + b * t, t);
            }
        }
        INDArray x = ids(xs, n, t * c);
        INDArray y = oneHot(ys, n, v, t * c);
        Measurement measurement = Measurement.ofSteps(PEER, "W1", n * t, settings);
        net.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                if (measurement.wantsMore()) {
                    measurement.end((float) model.score() / t);
                }
                measurement.begin();
            }
        });
        while (measurement.wantsMore()) {
            measurement.begin();
            net.fit(x, y);
        }
        measurement.print();
    }

    /** DL4J clips by layer or by parameter, not by global norm: ClipL2PerLayer stands in; the sum over time scales the threshold. */
    private void languageModel(int v, int d, int h, int n, int t, IUpdater up, double clip) throws Exception {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .weightInit(WeightInit.XAVIER)
                .updater(up)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(clip * t)
                .list()
                .layer(embedding(v, d, t))
                .layer(new LSTM.Builder()
                        .nIn(d)
                        .nOut(h)
                        .activation(Activation.TANH)
                        .build())
                .layer(new LSTM.Builder()
                        .nIn(h)
                        .nOut(h)
                        .activation(Activation.TANH)
                        .build())
                .layer(softmax(h, v))
                .build());
        net.init();
        Minibatches data = Minibatches.of(v, n, t);
        int distinct = v > 1000 ? 10 : Minibatches.COUNT; // one-hot labels of W3 take 28 MB a minibatch
        INDArray[] x = new INDArray[distinct];
        INDArray[] y = new INDArray[distinct];
        for (int b = 0; b < distinct; b++) {
            x[b] = ids(data.x()[b], n, t);
            y[b] = oneHot(data.y()[b], n, v, t);
        }
        Measurement.ofSteps(PEER, settings.workload(), n * t, settings).run(i -> {
            net.fit(x[i % distinct], y[i % distinct]);
            return (float) net.score() / t;
        });
    }

    /** W4 as asked, a GRU: SameDiff's native op (time major; returns h of every step). */
    private void forecast() throws Exception {
        int n = 32;
        int t = 100;
        int h = 64;
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.FLOAT, t, n, 1);
        SDVariable y = sd.placeHolder("y", DataType.FLOAT, n, 1);
        SDVariable h0 = sd.constant("h0", Nd4j.zeros(DataType.FLOAT, n, h));
        double k = 1 / Math.sqrt(h);
        SDVariable wx = sd.var("wx", uniform(k, 1, 3L * h));
        SDVariable wh = sd.var("wh", uniform(k, h, 3L * h));
        SDVariable b = sd.var("b", uniform(k, 3L * h));
        SDVariable hs = sd.rnn().gru("hs", x, h0, wx, wh, b);
        SDVariable last = sd.stridedSlice(hs, new long[] {t - 1, 0, 0}, new long[] {t, n, h}, 1, 1, 1)
                .reshape(n, h);
        SDVariable wo = sd.var("wo", uniform(k, h, 1));
        SDVariable bo = sd.var("bo", uniform(k, 1));
        SDVariable out = sd.nn().linear("out", last, wo, bo);
        sd.loss().meanSquaredError("loss", y, out, null);
        sd.setLossVariables("loss");
        sd.setTrainingConfig(new TrainingConfig.Builder()
                .updater(new Adam(0.003))
                .dataSetFeatureMapping("x")
                .dataSetLabelMapping("y")
                .build());
        Sines data = Sines.of(n, t);
        DataSet[] ds = new DataSet[20];
        for (int i = 0; i < 20; i++) {
            INDArray xi = Nd4j.create(data.x()[i], new long[] {n, t, 1}, 'c')
                    .permute(1, 0, 2)
                    .dup('c');
            ds[i] = new DataSet(xi, Nd4j.create(data.y()[i], new long[] {n, 1}, 'c'));
        }
        // fit(DataSet) returns a History whose loss curve is null, and a Listener's Loss reads 0 (the loss op itself is
        // pruned from the
        // gradient graph), so the loss is computed apart, outside what is measured, and not in every step.
        Measurement measurement = Measurement.ofSteps(PEER, "W4", n * t, settings);
        float loss = Float.NaN;
        for (int i = 0; measurement.wantsMore(); i++) {
            DataSet batch = ds[i % 20];
            if (i % 5 == 0) {
                loss = sd.output(Map.of("x", batch.getFeatures(), "y", batch.getLabels()), "loss")
                        .get("loss")
                        .getFloat(0);
            }
            measurement.begin();
            sd.fit(batch);
            measurement.end(loss);
        }
        measurement.print();
    }

    private static INDArray uniform(double k, long... shape) {
        return Nd4j.rand(DataType.FLOAT, shape).muli(2 * k).subi(k);
    }

    private MultiLayerNetwork single(String cell, int d, int h) {
        Layer l = cell.equals("lstm")
                ? new LSTM.Builder().nIn(d).nOut(h).activation(Activation.TANH).build()
                : new SimpleRnn.Builder()
                        .nIn(d)
                        .nOut(h)
                        .activation(Activation.TANH)
                        .build();
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .weightInit(WeightInit.XAVIER)
                .updater(new Sgd(0.1))
                .list()
                .layer(l)
                .build());
        net.init();
        return net;
    }

    /** Forward and backward with an external error: no output layer, no update. */
    private void layerAlone(LayerAlone size) throws Exception {
        MultiLayerNetwork net = single(size.cell(), size.inputs(), size.hidden());
        INDArray x = Nd4j.randn(DataType.FLOAT, size.rows(), size.inputs(), size.steps());
        INDArray g = Nd4j.randn(DataType.FLOAT, size.rows(), size.hidden(), size.steps());
        Measurement.ofSteps(PEER, size.name(), size.rows() * size.steps(), settings)
                .run(i -> {
                    net.setInput(x);
                    net.feedForward(true, false);
                    net.backpropGradient(g, null);
                    return Float.NaN;
                });
    }

    /** GRU forward and backward through SameDiff. */
    private void gruAlone(LayerAlone size) throws Exception {
        int n = size.rows();
        int t = size.steps();
        int h = size.hidden();
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.var("x", Nd4j.randn(DataType.FLOAT, t, n, size.inputs()));
        SDVariable h0 = sd.constant("h0", Nd4j.zeros(DataType.FLOAT, n, h));
        double k = 1 / Math.sqrt(h);
        SDVariable wx = sd.var("wx", uniform(k, size.inputs(), 3L * h));
        SDVariable wh = sd.var("wh", uniform(k, h, 3L * h));
        SDVariable hs = sd.rnn().gru("hs", x, h0, wx, wh, sd.var("b", uniform(k, 3L * h)));
        hs.mul(sd.constant("g", Nd4j.randn(DataType.FLOAT, t, n, h))).sum("loss");
        sd.setLossVariables("loss");
        Measurement.ofSteps(PEER, size.name(), n * t, settings).run(i -> {
            sd.calculateGradients(Map.of(), List.of("x", "wx", "wh", "b"));
            return Float.NaN;
        });
    }

    private void streaming() throws Exception {
        MultiLayerNetwork net = single("lstm", 128, 256);
        INDArray x = Nd4j.randn(DataType.FLOAT, 1, 128, 1);
        INDArray sequence = Nd4j.randn(DataType.FLOAT, 1, 128, 100);
        Measurement.ofCalls(PEER, "W6-step", 1, 200, settings).run(i -> {
            net.rnnTimeStep(x);
            return Float.NaN;
        });
        Measurement.ofCalls(PEER, "W6-seq100", 100, 2, settings).run(i -> {
            net.output(sequence);
            return Float.NaN;
        });
    }
}
