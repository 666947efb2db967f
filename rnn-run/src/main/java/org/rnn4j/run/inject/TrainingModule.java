package org.rnn4j.run.inject;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.Loss;
import org.rnn4j.core.LayerRegistry;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.run.RunTypes;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.run.listener.RunContext;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.metric.Metric;

/**
 * Wires a run from one configuration file: configuration, data, model, optimizer, schedule, trainer, listeners. Each of them is a binding
 * that an application can override, and whose names it can add to:
 *
 * <pre>{@code
 * Module mine = new AbstractModule() {
 *     protected void configure() {
 *         TrainingModule.updateRules(binder()).addBinding("acme.Lion").toInstance(Lion.class);
 *     }
 * };
 * TrainingRun run = TrainingModule.run(Path.of("run.yaml"), Path.of("runs/1"), mine);
 * run.start();
 * }</pre>
 *
 * <p>Everything is bound to an instance or a provider, and must be bound explicitly: no class is made by reflection, so that no module has to
 * be opened and no JDK warns.
 */
public final class TrainingModule extends AbstractModule {
    private final Path configuration;
    private final RunFolder folder;
    private final LayerRegistry found;

    private TrainingModule(Path configuration, RunFolder folder, LayerRegistry found) {
        this.configuration = configuration;
        this.folder = folder;
        this.found = found;
    }

    /**
     * The wiring of a run with the layers that {@link LayerRegistry#load} finds.
     *
     * @param configuration see {@link RunConfiguration}
     * @param folder where the run's files go, see {@link RunFolder}
     */
    public static TrainingModule of(Path configuration, Path folder) {
        return new TrainingModule(configuration, new RunFolder(folder), LayerRegistry.load());
    }

    /**
     * A run, ready to start.
     *
     * @param more what an application adds
     * @throws RuntimeException what was wrong, as it was said where it was found and not wrapped by Guice
     */
    public static TrainingRun run(Path configuration, Path folder, Module... more) {
        List<Module> modules = new ArrayList<>(List.of(more));
        modules.add(0, of(configuration, folder));
        return unwrapped(() -> Guice.createInjector(modules).getInstance(TrainingRun.class));
    }

    /** What Guice wraps around a failure says where it happened in the wiring; the user asked for a run. */
    private static <R> R unwrapped(Supplier<R> part) {
        try {
            return part.get();
        } catch (ProvisionException | CreationException e) {
            Throwable cause = e;
            while (cause instanceof ProvisionException || cause instanceof CreationException) {
                cause = cause.getCause();
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The layers, cells and losses: add providers that ServiceLoader does not find. */
    public static Multibinder<LayerProvider> layerProviders(Binder binder) {
        return Multibinder.newSetBinder(binder, LayerProvider.class);
    }

    /** The optimizer's rules by name: add records. */
    public static MapBinder<String, Class<? extends UpdateRule>> updateRules(Binder binder) {
        return byName(binder, new TypeLiteral<>() {});
    }

    /** The learning-rate schedules by name: add records. */
    public static MapBinder<String, Class<? extends Schedule>> schedules(Binder binder) {
        return byName(binder, new TypeLiteral<>() {});
    }

    /** The data sources by name: add records. */
    public static MapBinder<String, Class<? extends DataSource>> dataSources(Binder binder) {
        return byName(binder, new TypeLiteral<>() {});
    }

    /** The listeners by name: add records. */
    public static MapBinder<String, Class<? extends ListenerSpec>> listeners(Binder binder) {
        return byName(binder, new TypeLiteral<>() {});
    }

    /** The metrics by label. */
    public static MapBinder<String, Metric> metrics(Binder binder) {
        return byName(binder, TypeLiteral.get(Metric.class));
    }

    private static <T> MapBinder<String, T> byName(Binder binder, TypeLiteral<T> type) {
        return MapBinder.newMapBinder(binder, TypeLiteral.get(String.class), type);
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        names();
        bind(RunFolder.class).toInstance(folder);
        Provider<RunTypes> types = getProvider(RunTypes.class);
        single(RunConfiguration.class, () -> RunConfiguration.read(configuration, types.get()));
        Provider<RunConfiguration> config = getProvider(RunConfiguration.class);

        single(DataSource.class, () -> config.get().data());
        Provider<DataSource> source = getProvider(DataSource.class);
        single(DataSet.class, () -> load(source.get()));
        Provider<DataSet> data = getProvider(DataSet.class);

        single(ModelSpec.class, () -> config.get().model(data.get().sizes()));
        Provider<ModelSpec> spec = getProvider(ModelSpec.class);
        single(Model.class, () -> Model.create(spec.get(), config.get().seed()));
        Provider<Model> model = getProvider(Model.class);

        single(Loss.class, () -> config.get().loss());
        single(Optimizer.class, () -> config.get().optimizer(model.get()));
        single(Schedule.class, () -> config.get().schedule());
        Provider<Schedule> schedule = getProvider(Schedule.class);
        single(
                TrainerSettings.class,
                () -> config.get().training(schedule.get(), data.get().metrics()));

        Provider<LayerRegistry> layers = getProvider(LayerRegistry.class);
        single(RunContext.class, () -> new RunContext(folder, data.get(), layers.get()));
        Provider<RunContext> context = getProvider(RunContext.class);
        Key<List<Listener>> listenersKey = Key.get(new TypeLiteral<>() {});
        bind(listenersKey)
                .toProvider(() -> config.get().listeners(context.get()))
                .in(Scopes.SINGLETON);
        run(model, context, getProvider(listenersKey));
    }

    private void run(Provider<Model> model, Provider<RunContext> context, Provider<List<Listener>> listeners) {
        Provider<Optimizer> optimizer = getProvider(Optimizer.class);
        Provider<Loss> loss = getProvider(Loss.class);
        Provider<TrainerSettings> settings = getProvider(TrainerSettings.class);
        single(Trainer.class, () -> {
            Trainer trainer = new Trainer(model.get(), optimizer.get(), loss.get(), settings.get());
            listeners.get().forEach(trainer::listen);
            return trainer;
        });
        Provider<Trainer> trainer = getProvider(Trainer.class);
        Provider<RunConfiguration> config = getProvider(RunConfiguration.class);
        single(
                TrainingRun.class,
                () -> new TrainingRun(trainer.get(), context.get(), config.get().text()));
    }

    /** The built-in names, and those of the application beside them. */
    private void names() {
        Multibinder<LayerProvider> providers = layerProviders(binder());
        Set<LayerProvider> distinct = new LinkedHashSet<>();
        found.types().keySet().forEach(id -> distinct.add(found.provider(id)));
        distinct.forEach(provider -> providers.addBinding().toInstance(provider));
        Provider<Set<LayerProvider>> allProviders = getProvider(Key.get(new TypeLiteral<>() {}));
        single(LayerRegistry.class, () -> LayerRegistry.of(allProviders.get()));

        RunTypes builtIn = RunTypes.builtIn(found);
        add(updateRules(binder()), builtIn.updateRules());
        add(schedules(binder()), builtIn.schedules());
        add(dataSources(binder()), builtIn.dataSources());
        add(listeners(binder()), builtIn.listeners());
        add(metrics(binder()), builtIn.metrics());
        Provider<LayerRegistry> layers = getProvider(LayerRegistry.class);
        Provider<Map<String, Class<? extends UpdateRule>>> rules = getProvider(Key.get(new TypeLiteral<>() {}));
        Provider<Map<String, Class<? extends Schedule>>> schedules = getProvider(Key.get(new TypeLiteral<>() {}));
        Provider<Map<String, Class<? extends DataSource>>> sources = getProvider(Key.get(new TypeLiteral<>() {}));
        Provider<Map<String, Class<? extends ListenerSpec>>> specs = getProvider(Key.get(new TypeLiteral<>() {}));
        Provider<Map<String, Metric>> metrics = getProvider(Key.get(new TypeLiteral<>() {}));
        single(
                RunTypes.class,
                () -> new RunTypes(
                        layers.get(), rules.get(), schedules.get(), sources.get(), specs.get(), metrics.get()));
    }

    private static <T> void add(MapBinder<String, T> binder, Map<String, T> byName) {
        byName.forEach((name, value) -> binder.addBinding(name).toInstance(value));
    }

    private <T> void single(Class<T> type, Provider<T> provider) {
        bind(type).toProvider(provider).in(Scopes.SINGLETON);
    }

    private static DataSet load(DataSource source) {
        try {
            return source.load();
        } catch (IOException e) {
            throw new UncheckedIOException("the data cannot be read: " + e.getMessage(), e);
        }
    }
}
