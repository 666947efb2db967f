package acme.mgu;

import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.testkit.RecurrentContract;

class MguTest extends RecurrentContract {
    @Override
    protected LayerSpec<? extends Recurrent> spec() {
        return new Mgu(4, 6);
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
