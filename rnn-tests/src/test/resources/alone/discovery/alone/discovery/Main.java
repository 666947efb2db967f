package alone.discovery;

import java.util.List;
import org.rnn4j.api.Spec;
import org.rnn4j.core.TypeRegistry;

/** Asks for layers that it was not compiled with. The arguments are classes that are not to be there. */
public final class Main {
    private Main() {}

    public static void main(String[] forbidden) {
        System.out.println("module " + name(Main.class));

        TypeRegistry registry = TypeRegistry.load();
        for (String id : List.of("RNN", "TimeLSTM", "Affine", "SoftmaxCrossEntropy")) {
            Class<?> type = registry.type(Spec.class, id);
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
