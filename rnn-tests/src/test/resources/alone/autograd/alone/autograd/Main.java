package alone.autograd;

import java.util.Arrays;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;

/** Two gradients that can be worked out by hand. The arguments are classes that are not to be there. */
public final class Main {
    private Main() {}

    public static void main(String[] forbidden) {
        System.out.println("module " + name(Main.class));

        Tensor x = Tensors.variable(Shape.of(1), 3);
        Tensor y = x.plus(x).times(x);
        System.out.println("(x+x)*x = " + y.item() + ", slope " + Gradients.of(y.sum()).get(x).item());

        Tensor a = Tensors.variable(Shape.of(2, 2), 1, 2, 3, 4);
        Tensor b = Tensors.variable(Shape.of(2, 2), 5, 6, 7, 8);
        Tensor product = a.matmul(b);
        Gradients gradients = Gradients.of(product.sum());
        System.out.println("ab = " + Arrays.toString(product.toFloats()) + ", da = "
                + Arrays.toString(gradients.get(a).toFloats()) + ", db = "
                + Arrays.toString(gradients.get(b).toFloats()));

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
