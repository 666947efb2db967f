package org.rnn4j.peers;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.measure.Measurement;
import org.rnn4j.benchmarks.measure.Minibatches;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.benchmarks.measure.Sines;
import org.rnn4j.benchmarks.measure.Uniform;

/** DJL with its PyTorch engine: Block, Loss, Optimizer and Trainer of DJL, kernels of libtorch. */
public final class Djl {
    private static final String PEER = "djl";

    private final Settings settings;

    private Djl(Settings settings) {
        this.settings = settings;
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
        Engine.getInstance().setRandomSeed(1);
    }

    /** See {@link Settings} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        Djl program = new Djl(settings);
        switch (settings.workload()) {
            case "INFO" -> System.out.println(Engine.getInstance() + " " + System.getProperty("java.version"));
            case "W1" -> program.languageModel(418, 100, 100, 10, 5, rnn("rnn", 100, 1), sgd(0.1f), 0);
            case "W2" -> program.languageModel(65, 128, 128, 50, 50, rnn("lstm", 128, 2), adam(0.002f), 5);
            case "W3" -> program.languageModel(10000, 650, 650, 20, 35, rnn("lstm", 650, 2), sgd(20f), 0.25f);
            case "W4" -> program.forecast();
            case "W6" -> program.streaming();
            default -> program.layerAlone(LayerAlone.of(settings.workload()));
        }
    }

    private static Optimizer sgd(float rate) {
        return Optimizer.sgd().setLearningRateTracker(Tracker.fixed(rate)).build();
    }

    private static Optimizer adam(float rate) {
        return Optimizer.adam().optLearningRateTracker(Tracker.fixed(rate)).build();
    }

    private static RecurrentBlock rnn(String cell, int hidden, int layers) {
        return switch (cell) {
            case "rnn" ->
                RNN.builder()
                        .setStateSize(hidden)
                        .setNumLayers(layers)
                        .setActivation(RNN.Activation.TANH)
                        .optReturnState(true)
                        .build();
            case "gru" ->
                GRU.builder()
                        .setStateSize(hidden)
                        .setNumLayers(layers)
                        .optReturnState(true)
                        .build();
            case "lstm" ->
                LSTM.builder()
                        .setStateSize(hidden)
                        .setNumLayers(layers)
                        .optReturnState(true)
                        .build();
            default -> throw new IllegalArgumentException(cell);
        };
    }

    /** [embedding ->] recurrent layers -> affine (of every step, or of the last). Inputs: x, state...; outputs: y, state... */
    private static final class Net extends AbstractBlock {
        private final IdEmbedding emb;
        private final RecurrentBlock rnn;
        private final Linear out;
        private final int hidden;

        Net(int vocab, int embed, RecurrentBlock rnn, int hidden, int outputs) {
            this.emb = vocab == 0
                    ? null
                    : addChildBlock(
                            "emb",
                            new IdEmbedding.Builder()
                                    .setDictionarySize(vocab)
                                    .setEmbeddingSize(embed)
                                    .build());
            this.rnn = addChildBlock("rnn", rnn);
            this.out = addChildBlock("out", Linear.builder().setUnits(outputs).build());
            this.hidden = hidden;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList in, boolean training, PairList<String, Object> params) {
            NDList x = new NDList(
                    emb == null
                            ? in.head()
                            : emb.forward(ps, new NDList(in.head()), training).head());
            x.addAll(in.subNDList(1));
            NDList r = rnn.forward(ps, x, training);
            NDArray hs = r.head();
            NDArray flat = emb == null ? hs.get(":, -1") : hs.reshape(-1, hidden);
            NDList y = out.forward(ps, new NDList(flat), training);
            y.addAll(r.subNDList(1));
            return y;
        }

        @Override
        protected void initializeChildBlocks(NDManager m, DataType type, Shape... in) {
            Shape[] s = in;
            if (emb != null) {
                emb.initialize(m, type, in);
                s = emb.getOutputShapes(in);
            }
            rnn.initialize(m, type, s);
            out.initialize(m, type, new Shape(1, hidden));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] in) {
            return new Shape[] {new Shape(in[0].size(), hidden)};
        }
    }

    /** DJL clips element by element (optClipGrad) and not by norm, so this is the user's to write. */
    private static void clipNorm(List<NDArray> params, float max) {
        double sq = 0;
        for (NDArray p : params) {
            try (NDArray g = p.getGradient();
                    NDArray n = g.norm()) {
                float v = n.getFloat();
                sq += (double) v * v;
            }
        }
        double norm = Math.sqrt(sq);
        if (norm > max) {
            for (NDArray p : params) {
                try (NDArray g = p.getGradient()) {
                    g.muli((float) (max / (norm + 1e-6)));
                }
            }
        }
    }

    private static List<NDArray> arrays(ai.djl.nn.Block b) {
        List<NDArray> out = new ArrayList<>();
        for (Parameter p : b.getParameters().values()) {
            out.add(p.getArray());
        }
        return out;
    }

    private void languageModel(int v, int d, int h, int n, int t, RecurrentBlock rnn, Optimizer rule, float clip)
            throws Exception {
        boolean stateful = settings.workload().equals("W1");
        Minibatches data = Minibatches.of(v, n, t);
        long[][] xs = Minibatches.longs(data.x());
        long[][] ys = Minibatches.longs(data.y());
        Loss loss = Loss.softmaxCrossEntropyLoss();
        try (Model model = Model.newInstance("lm")) {
            model.setBlock(new Net(v, d, rnn, h, v));
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(rule))) {
                trainer.initialize(new Shape(n, t));
                NDManager base = trainer.getManager();
                List<NDArray> params = arrays(model.getBlock());
                NDList state = new NDList();
                Measurement.ofSteps(PEER, settings.workload(), n * t, settings).run(i -> {
                    try (NDManager m = base.newSubManager();
                            GradientCollector gc = trainer.newGradientCollector()) {
                        NDArray x = m.create(xs[i % xs.length], new Shape(n, t));
                        NDArray y = m.create(ys[i % ys.length], new Shape((long) n * t));
                        NDList in = new NDList(x);
                        in.addAll(state);
                        NDList out = trainer.forward(in);
                        NDArray l = loss.evaluate(new NDList(y), new NDList(out.head()));
                        gc.backward(l);
                        if (clip > 0) {
                            clipNorm(params, clip);
                        }
                        trainer.step();
                        if (stateful) {
                            state.close();
                            state.clear();
                            for (NDArray s : out.subNDList(1)) {
                                NDArray c = s.stopGradient();
                                c.attach(base);
                                state.add(c);
                            }
                        }
                        return l.getFloat();
                    }
                });
            }
        }
    }

    private void forecast() throws Exception {
        int n = 32;
        int t = 100;
        int h = 64;
        Sines data = Sines.of(n, t);
        Loss loss = Loss.l2Loss("mse", 1f);
        try (Model model = Model.newInstance("gru")) {
            model.setBlock(new Net(0, 0, rnn("gru", h, 1), h, 1));
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(adam(0.003f)))) {
                trainer.initialize(new Shape(n, t, 1));
                Measurement.ofSteps(PEER, "W4", n * t, settings).run(i -> {
                    try (NDManager m = trainer.getManager().newSubManager();
                            GradientCollector gc = trainer.newGradientCollector()) {
                        NDArray x = m.create(data.x()[i % Sines.COUNT], new Shape(n, t, 1));
                        NDArray y = m.create(data.y()[i % Sines.COUNT], new Shape(n, 1));
                        NDList out = trainer.forward(new NDList(x));
                        NDArray l = loss.evaluate(new NDList(y), new NDList(out.head()));
                        gc.backward(l);
                        trainer.step();
                        return l.getFloat();
                    }
                });
            }
        }
    }

    private void layerAlone(LayerAlone size) throws Exception {
        Shape shape = new Shape(size.rows(), size.steps(), size.inputs());
        try (NDManager base = NDManager.newBaseManager()) {
            RecurrentBlock rnn = rnn(size.cell(), size.hidden(), 1);
            rnn.initialize(base, DataType.FLOAT32, shape);
            List<NDArray> leaves = arrays(rnn);
            ParameterStore store = new ParameterStore(base, false);
            NDArray x = base.randomNormal(shape);
            leaves.add(x);
            leaves.forEach(leaf -> leaf.setRequiresGradient(true));
            Measurement.ofSteps(PEER, size.name(), size.rows() * size.steps(), settings)
                    .run(i -> {
                        try (NDManager manager = base.newSubManager();
                                GradientCollector collector =
                                        Engine.getInstance().newGradientCollector()) {
                            x.attach(manager);
                            for (NDArray leaf : i > 0 ? leaves : List.<NDArray>of()) {
                                try (NDArray gradient = leaf.getGradient()) {
                                    gradient.muli(0);
                                }
                            }
                            collector.backward(
                                    rnn.forward(store, new NDList(x), true).head());
                            x.attach(base);
                            return Float.NaN;
                        }
                    });
        }
    }

    private void streaming() throws Exception {
        int d = 128;
        int h = 256;
        try (NDManager base = NDManager.newBaseManager()) {
            RecurrentBlock rnn = rnn("lstm", h, 1);
            rnn.initialize(base, DataType.FLOAT32, new Shape(1, 1, d));
            ParameterStore ps = new ParameterStore(base, false);
            Uniform draw = new Uniform(3);
            float[] x1 = draw.centred(d);
            float[] x100 = draw.centred(100 * d);
            NDList state = new NDList();
            Measurement.ofCalls(PEER, "W6-step", 1, 200, settings).run(i -> {
                try (NDManager m = base.newSubManager()) {
                    NDList in = new NDList(m.create(x1, new Shape(1, 1, d)));
                    in.addAll(state);
                    NDList out = rnn.forward(ps, in, false);
                    state.close();
                    state.clear();
                    for (NDArray s : out.subNDList(1)) {
                        s.attach(base);
                        state.add(s);
                    }
                    return Float.NaN;
                }
            });
            Measurement.ofCalls(PEER, "W6-seq100", 100, 2, settings).run(i -> {
                try (NDManager m = base.newSubManager()) {
                    rnn.forward(ps, new NDList(m.create(x100, new Shape(1, 100, d))), false);
                    return Float.NaN;
                }
            });
        }
    }
}
