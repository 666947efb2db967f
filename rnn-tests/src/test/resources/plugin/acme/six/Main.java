package acme.six;

import java.nio.file.Path;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;

/** Runs a configuration in a folder. */
public final class Main {
    private Main() {}

    public static void main(String[] configurationAndFolder) {
        Module module = Main.class.getModule();
        System.out.println("module " + (module.isNamed() ? module.getName() : "unnamed"));
        TrainingRun run = RunModule.run(Path.of(configurationAndFolder[0]), Path.of(configurationAndFolder[1]));
        TrainingRun.Result result = run.start();
        System.out.println(result.ending().reason());
        double nats = result.scores().orElseThrow().metrics().get("acme nats");
        System.out.println(nats < 0.7 ? "learnt" : "not learnt: " + nats);
    }
}
