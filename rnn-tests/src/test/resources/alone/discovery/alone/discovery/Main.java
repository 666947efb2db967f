package alone.discovery;

import java.util.List;
import org.rnn4j.core.LayerRegistry;

/** Asks for layers that it was not compiled with. The arguments are classes that are not to be there. */
public final class Main {
    private Main() {}

    public static void main(String[] forbidden) {
        System.out.println("module " + name(Main.class));

        LayerRegistry registry = LayerRegistry.load();
        for (String id : List.of("RNN", "TimeLSTM", "Affine", "SoftmaxCrossEntropy")) {
            Class<?> type = registry.type(id);
            System.out.println(id + " is " + type.getName() + " of module " + name(type));
        }

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
