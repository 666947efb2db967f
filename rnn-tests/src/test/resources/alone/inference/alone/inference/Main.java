package alone.inference;

import java.util.Arrays;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.TimeLSTM;

/** A small language model, run over a window and as a stream. The arguments are classes that are not to be there. */
public final class Main {
    private Main() {}

    public static void main(String[] forbidden) {
        System.out.println("module " + name(Main.class));

        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(5, 3))
                .then("lstm", new TimeLSTM(3, 4))
                .then("dropout", new Dropout(0.5))
                .then("output", new Affine(4, 5))
                .build();
        Model model = Model.create(spec, 1).inference();
        int[] ids = {1, 4, 0, 2};
        float[] window = model.forward(Ids.of(ids)).toFloats();

        Session session = model.session(1);
        float[] stream = new float[window.length];
        float[] logits = new float[5];
        for (int t = 0; t < ids.length; t++) {
            session.step(new int[] {ids[t]}, logits);
            System.arraycopy(logits, 0, stream, 5 * t, 5);
        }
        System.out.println(model.size() + " numbers, bits " + Arrays.hashCode(window));
        System.out.println("the stream is " + (Arrays.equals(window, stream) ? "the window" : "something else"));

        for (String name : forbidden) {
            System.out.println(name + " is " + (isThere(name) ? "there" : "absent"));
        }
    }

    private static String name(Class<?> type) {
        return type.getModule().isNamed() ? type.getModule().getName() : "unnamed";
    }

    private static boolean isThere(String name) {
        try {
            return Class.forName(name) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
