package org.rnn4j.peers;

import static org.bytedeco.pytorch.global.torch.*;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.*;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.measure.Measurement;
import org.rnn4j.benchmarks.measure.Minibatches;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.benchmarks.measure.Sines;

/** libtorch (nn::RNN, nn::LSTM, nn::GRU and its optimizers) driven from Java through JavaCPP. */
@SuppressWarnings("try") // a scope frees what was made in it, and is not read
public final class Javacpp {
    private static final String PEER = "javacpp";

    private final Settings settings;

    private Javacpp(Settings settings) {
        this.settings = settings;
        set_num_threads(settings.threads());
        if (System.getProperty("peer.onednn", "on").equals("off")) {
            globalContext().setUserEnabledMkldnn(false); // the plain kernels, on BLAS
        }
    }

    /** See {@link Settings} for the arguments; {@code -Dpeer.onednn=off} does without oneDNN. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        Javacpp program = new Javacpp(settings);
        switch (settings.workload()) {
            case "INFO" -> {
                System.out.println(show_config().getString());
                System.out.println(get_parallel_info().getString());
                System.out.println("cpu capability " + get_cpu_capability().getString());
            }
            case "W1" -> program.languageModel(418, 100, 100, 10, 5, "rnn", 1, "sgd", 0.1, 0);
            case "W2" -> program.languageModel(65, 128, 128, 50, 50, "lstm", 2, "adam", 0.002, 5);
            case "W3" -> program.languageModel(10000, 650, 650, 20, 35, "lstm", 2, "sgd", 20, 0.25);
            case "W4" -> program.forecast();
            case "W6" -> program.streaming();
            default -> program.layerAlone(LayerAlone.of(settings.workload()));
        }
    }

    /** The three cells behind one face. */
    private record Rnn(TensorVector parameters, Steps steps) {
        Tensor forward(Tensor x, Tensor[] state, Tensor[] newState) {
            return steps.forward(x, state, newState);
        }
    }

    /** A state is a Tensor[] of one (rnn, gru) or two (lstm), of nulls where it is zeros. */
    private interface Steps {
        Tensor forward(Tensor x, Tensor[] state, Tensor[] newState);
    }

    private static Rnn rnn(String cell, long in, long hidden, int layers) {
        switch (cell) {
            case "rnn" -> {
                RNNOptions op = new RNNOptions(in, hidden);
                op.num_layers().put(layers);
                op.batch_first().put(true);
                RNNImpl m = new RNNImpl(op);
                return new Rnn(
                        m.parameters(), (x, s, ns) -> output(s[0] == null ? m.forward(x) : m.forward(x, s[0]), ns));
            }
            case "gru" -> {
                GRUOptions op = new GRUOptions(in, hidden);
                op.num_layers().put(layers);
                op.batch_first().put(true);
                GRUImpl m = new GRUImpl(op);
                return new Rnn(
                        m.parameters(), (x, s, ns) -> output(s[0] == null ? m.forward(x) : m.forward(x, s[0]), ns));
            }
            case "lstm" -> {
                LSTMOptions op = new LSTMOptions(in, hidden);
                op.num_layers().put(layers);
                op.batch_first().put(true);
                LSTMImpl m = new LSTMImpl(op);
                return new Rnn(m.parameters(), (x, s, ns) -> {
                    T_TensorT_TensorTensor_T_T r =
                            s[0] == null ? m.forward(x) : m.forward(x, new T_TensorTensor_T(s[0], s[1]));
                    T_TensorTensor_T hc = r.get1();
                    ns[0] = hc.get0();
                    ns[1] = hc.get1();
                    return r.get0();
                });
            }
            default -> throw new IllegalArgumentException(cell);
        }
    }

    private static Tensor output(T_TensorTensor_T outputAndState, Tensor[] newState) {
        newState[0] = outputAndState.get1();
        return outputAndState.get0();
    }

    private static TensorVector join(TensorVector... vs) {
        TensorVector all = new TensorVector();
        for (TensorVector v : vs) for (long i = 0; i < v.size(); i++) all.push_back(v.get(i));
        return all;
    }

    private static Optimizer optimizer(String kind, TensorVector p, double lr) {
        return kind.equals("sgd") ? new SGD(p, new SGDOptions(lr)) : new Adam(p, new AdamOptions(lr));
    }

    private void languageModel(
            int v, int d, int h, int n, int t, String cell, int layers, String rule, double rate, double clip)
            throws Exception {
        boolean stateful = settings.workload().equals("W1");
        manual_seed(1);
        EmbeddingImpl embedding = new EmbeddingImpl(v, d);
        Rnn rnn = rnn(cell, d, h, layers);
        LinearImpl out = new LinearImpl(h, v);
        TensorVector params = join(embedding.parameters(), rnn.parameters(), out.parameters());
        Optimizer optimizer = optimizer(rule, params, rate);
        Minibatches data = Minibatches.of(v, n, t);
        int count = Minibatches.COUNT;
        long[][] xs = Minibatches.longs(data.x());
        long[][] ys = Minibatches.longs(data.y());
        Tensor[] x = new Tensor[count];
        Tensor[] y = new Tensor[count];
        for (int b = 0; b < count; b++) {
            x[b] = tensor(xs[b]).reshape(n, t);
            y[b] = tensor(ys[b]);
        }
        Tensor[] state = new Tensor[2];
        Measurement.ofSteps(PEER, settings.workload(), n * t, settings).run(i -> {
            try (PointerScope scope = new PointerScope()) {
                Tensor[] next = new Tensor[2];
                optimizer.zero_grad();
                Tensor hs = rnn.forward(embedding.forward(x[i % count]), state, next);
                Tensor loss = cross_entropy_loss(out.forward(hs).reshape(-1, v), y[i % count]);
                loss.backward();
                if (clip > 0) {
                    clip_grad_norm_(params, clip);
                }
                optimizer.step();
                for (int k = 0; stateful && k < 2 && next[k] != null; k++) {
                    if (state[k] != null) {
                        state[k].close();
                    }
                    state[k] = next[k].detach().retainReference(); // outlives this step's scope
                }
                return loss.item_float();
            }
        });
    }

    private void forecast() throws Exception {
        int n = 32;
        int t = 100;
        int h = 64;
        manual_seed(1);
        Rnn rnn = rnn("gru", 1, h, 1);
        LinearImpl out = new LinearImpl(h, 1);
        Optimizer optimizer = optimizer("adam", join(rnn.parameters(), out.parameters()), 0.003);
        Sines data = Sines.of(n, t);
        Tensor[] x = new Tensor[Sines.COUNT];
        Tensor[] y = new Tensor[Sines.COUNT];
        for (int b = 0; b < Sines.COUNT; b++) {
            x[b] = tensor(data.x()[b]).reshape(n, t, 1);
            y[b] = tensor(data.y()[b]).reshape(n, 1);
        }
        Measurement.ofSteps(PEER, "W4", n * t, settings).run(i -> {
            try (PointerScope scope = new PointerScope()) {
                optimizer.zero_grad();
                Tensor hs = rnn.forward(x[i % Sines.COUNT], new Tensor[2], new Tensor[2]);
                Tensor loss = mse_loss(out.forward(hs.select(1, t - 1)), y[i % Sines.COUNT]);
                loss.backward();
                optimizer.step();
                return loss.item_float();
            }
        });
    }

    private void layerAlone(LayerAlone size) throws Exception {
        manual_seed(1);
        Rnn rnn = rnn(size.cell(), size.inputs(), size.hidden(), 1);
        Optimizer zero = new SGD(rnn.parameters(), new SGDOptions(0.1));
        Tensor x = randn(size.rows(), size.steps(), size.inputs()).requires_grad_(true);
        Tensor g = randn(size.rows(), size.steps(), size.hidden());
        Measurement.ofSteps(PEER, size.name(), size.rows() * size.steps(), settings)
                .run(i -> {
                    try (PointerScope scope = new PointerScope()) {
                        zero.zero_grad();
                        x.mutable_grad().reset();
                        Tensor y = rnn.forward(x, new Tensor[2], new Tensor[2]);
                        y.backward(g, new BoolOptional(), false, new TensorArrayRefOptional());
                        return Float.NaN;
                    }
                });
    }

    private void streaming() throws Exception {
        int d = 128;
        int h = 256;
        manual_seed(1);
        try (NoGradGuard guard = new NoGradGuard()) {
            Rnn rnn = rnn("lstm", d, h, 1);
            Tensor x = randn(1, 1, d);
            Tensor sequence = randn(1, 100, d);
            Tensor[] state = {zeros(1, 1, h), zeros(1, 1, h)};
            Measurement.ofCalls(PEER, "W6-step", 1, 200, settings).run(i -> {
                try (PointerScope scope = new PointerScope()) {
                    Tensor[] next = new Tensor[2];
                    rnn.forward(x, state, next);
                    for (int k = 0; k < 2; k++) {
                        Tensor old = state[k];
                        // next[k] lives in the result tuple, which this scope frees
                        state[k] = new Tensor(next[k]).retainReference();
                        old.close();
                    }
                    return Float.NaN;
                }
            });
            Measurement.ofCalls(PEER, "W6-seq100", 100, 2, settings).run(i -> {
                try (PointerScope scope = new PointerScope()) {
                    rnn.forward(sequence, new Tensor[2], new Tensor[2]);
                    return Float.NaN;
                }
            });
        }
    }
}
