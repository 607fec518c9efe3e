package ai.fastn.camunda.cockpit;

import java.util.Set;
import org.camunda.bpm.cockpit.plugin.spi.impl.AbstractCockpitPlugin;

/** What Cockpit finds by ServiceLoader: the plugin {@code fastn} and the resource that serves its files. */
public final class FastnCockpitPlugin extends AbstractCockpitPlugin {

    static final String ID = "fastn";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Set<Class<?>> getResourceClasses() {
        return Set.of(FastnAssetsResource.class);
    }
}
