package acme.six;

import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.run.listener.RunContext;
import org.rnn4j.training.Listener;

/** Rings after a step. */
public record Bell(long step) implements ListenerSpec {
    @Override
    public Listener create(RunContext run) {
        return new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == step) {
                    System.out.println("rings in step " + step + " at the rate " + report.rate());
                }
            }

            @Override
            public String name() {
                return "Bell";
            }
        };
    }
}
