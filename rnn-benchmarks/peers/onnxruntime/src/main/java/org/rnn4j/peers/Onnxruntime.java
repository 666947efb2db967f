package org.rnn4j.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.rnn4j.benchmarks.measure.Measurement;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.benchmarks.measure.Uniform;

/** ONNX Runtime, which does not train: W6 with the model that {@code export_onnx.py} wrote. */
public final class Onnxruntime {
    private static final String PEER = "onnxruntime";

    private Onnxruntime() {}

    private static OnnxTensor tensor(OrtEnvironment environment, float[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }

    /** See {@link Settings} for the arguments; {@code -Dpeer.models} names the folder of the models. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        int d = 128;
        int h = 256;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            try (OrtSession session =
                    environment.createSession(System.getProperty("peer.models") + "/lstm.onnx", options)) {
                Uniform draw = new Uniform(3);
                float[] x = draw.centred(d);
                float[] sequence = draw.centred(100 * d);
                Map<String, OnnxTensor> in = new HashMap<>();
                in.put("h0", tensor(environment, new float[h], 1, 1, h));
                in.put("c0", tensor(environment, new float[h], 1, 1, h));
                OrtSession.Result[] before = new OrtSession.Result[1];
                Measurement.ofCalls(PEER, "W6-step", 1, 200, settings).run(i -> {
                    try (OnnxTensor input = tensor(environment, x, 1, 1, d)) {
                        in.put("x", input);
                        OrtSession.Result result = session.run(in);
                        in.put("h0", (OnnxTensor) result.get("hn").orElseThrow());
                        in.put("c0", (OnnxTensor) result.get("cn").orElseThrow());
                        if (before[0] != null) {
                            before[0].close();
                        }
                        before[0] = result;
                        return Float.NaN;
                    }
                });
                Measurement.ofCalls(PEER, "W6-seq100", 100, 2, settings).run(i -> {
                    try (OnnxTensor input = tensor(environment, sequence, 100, 1, d)) {
                        in.put("x", input);
                        session.run(in).close();
                        return Float.NaN;
                    }
                });
            }
        }
    }
}
