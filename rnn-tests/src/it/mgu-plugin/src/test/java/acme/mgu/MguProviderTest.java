package acme.mgu;

import java.util.List;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.testkit.ProviderContract;

class MguProviderTest extends ProviderContract {
    @Override
    protected LayerProvider provider() {
        return new MguProvider();
    }

    @Override
    protected List<LayerSpec<?>> specs() {
        return List.of(new Mgu(4, 6));
    }
}
