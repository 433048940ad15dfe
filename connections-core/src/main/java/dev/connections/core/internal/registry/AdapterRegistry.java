package dev.connections.core.internal.registry;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.Failure;
import dev.connections.api.Preset;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.core.RegistryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The installed types by their names.
 *
 * <p>Where two plugins claim one name, neither wins: the name can't be used until one of them is
 * removed, and using it says which two they are. Immutable and safe for any thread.
 */
public final class AdapterRegistry {
  private static final int MOST_SHOWN = 60;

  private final List<ConnectionType> types;
  private final Map<String, InstalledType> byName;
  private final Map<String, Failure> clashes;
  private final List<RegistryProblem> problems;

  private AdapterRegistry(
      List<ConnectionType> types,
      Map<String, InstalledType> byName,
      Map<String, Failure> clashes,
      List<RegistryProblem> problems) {
    this.types = List.copyOf(types);
    this.byName = Map.copyOf(byName);
    this.clashes = Map.copyOf(clashes);
    this.problems = List.copyOf(problems);
  }

  /**
   * {@return the types of the given providers and of those that are found} A provider of a given
   * one's class isn't taken twice.
   *
   * @param given providers which the host hands over
   * @param loader where to look for others; empty to look nowhere
   */
  public static AdapterRegistry of(
      List<ConnectionAdapterProvider> given, Optional<ClassLoader> loader) {
    Discovery discovery = new Discovery();
    given.forEach(discovery::add);
    loader.ifPresent(discovery::search);
    List<RegistryProblem> problems = new ArrayList<>(discovery.problems());
    List<InstalledType> described = new ArrayList<>();
    for (ConnectionAdapterProvider provider : discovery.found()) {
      try {
        described.add(describe(provider));
      } catch (RuntimeException | LinkageError broken) {
        problems.add(Discovery.problem(broken, Optional.of(Origin.of(provider.getClass()))));
      }
    }
    return arranged(described, problems);
  }

  /** Asks a provider once for all it says; a plugin may answer with null, whatever it promised. */
  private static InstalledType describe(ConnectionAdapterProvider provider) {
    ConnectionType type = Objects.requireNonNull(provider.type(), "type");
    ConfigurationSpec spec = Objects.requireNonNull(provider.configuration(), "configuration");
    Set<Class<?>> features = Objects.requireNonNull(provider.features(), "features");
    return new InstalledType(provider, type, spec, features, Optional.empty());
  }

  private static AdapterRegistry arranged(
      List<InstalledType> described, List<RegistryProblem> problems) {
    Map<String, InstalledType> byName = new HashMap<>();
    Map<String, Failure> clashes = new HashMap<>();
    Map<String, List<InstalledType>> claims = new HashMap<>();
    for (InstalledType one : described) {
      names(one.type())
          .forEach(name -> claims.computeIfAbsent(name, n -> new ArrayList<>()).add(one));
    }
    Set<InstalledType> twice = new LinkedHashSet<>();
    for (InstalledType one : described) {
      List<InstalledType> sameId =
          described.stream().filter(o -> o.type().id().equals(one.type().id())).toList();
      if (sameId.size() > 1) {
        twice.add(one);
        names(one.type())
            .forEach(name -> clashes.putIfAbsent(name, clash(one.type().id(), sameId)));
      }
    }
    claims.forEach(
        (name, claimants) -> {
          if (claimants.size() > 1) {
            clashes.putIfAbsent(name, clash(name, claimants));
          } else if (!twice.contains(claimants.get(0))) {
            InstalledType only = claimants.get(0);
            byName.put(name, only.with(only.type().presetOf(name)));
          }
        });
    List<RegistryProblem> all = new ArrayList<>(problems);
    new LinkedHashSet<>(clashes.values())
        .stream()
            .sorted(Comparator.comparing(Failure::message))
            .forEach(failure -> all.add(new RegistryProblem(Optional.empty(), failure)));
    List<ConnectionType> types =
        described.stream()
            .filter(one -> byName.containsKey(one.type().id()))
            .map(InstalledType::type)
            .sorted(
                Comparator.comparing(ConnectionType::displayName, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(ConnectionType::id))
            .toList();
    return new AdapterRegistry(types, byName, clashes, all);
  }

  private static Set<String> names(ConnectionType type) {
    Set<String> names = new LinkedHashSet<>();
    names.add(type.id());
    type.storedNames().forEach(stored -> names.add(KnownNames.key(stored.name())));
    return names;
  }

  private static Failure clash(String name, List<InstalledType> claimants) {
    List<Origin> origins =
        claimants.stream().map(one -> Origin.of(one.provider().getClass())).toList();
    boolean told = origins.stream().map(Origin::brief).distinct().count() == origins.size();
    List<String> plugins =
        origins.stream().map(told ? Origin::brief : Origin::full).sorted().toList();
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The connection type "
                + shown(name)
                + " is offered by several plugins: "
                + String.join(", ", plugins)
                + ".")
        .withRemedy("Remove all but one of these plugins from the application.");
  }

  /** {@return the types that can be used, by their display names} */
  public List<ConnectionType> availableTypes() {
    return types;
  }

  /** {@return what is wrong with plugins that can't be used} */
  public List<RegistryProblem> problems() {
    return problems;
  }

  /**
   * {@return whether connections of a type can be opened}
   *
   * @param typeName an id or a stored name, in any case
   */
  public boolean isAvailable(String typeName) {
    return find(typeName).isPresent();
  }

  /**
   * {@return the installed type of a name, with the preset that the name stands for}
   *
   * @param typeName an id or a stored name, in any case
   */
  public Optional<InstalledType> find(String typeName) {
    String key = KnownNames.key(typeName);
    InstalledType named = byName.get(key);
    if (named != null || clashes.containsKey(key)) {
      return Optional.ofNullable(named);
    }
    return KnownNames.find(typeName)
        .flatMap(
            known ->
                Optional.ofNullable(byName.get(known.id()))
                    .filter(type -> type.type().id().equals(known.id()))
                    .flatMap(type -> preset(type, known)));
  }

  /** A plugin without the preset that a name stands for isn't what the name means. */
  private static Optional<InstalledType> preset(InstalledType type, KnownNames.Known known) {
    if (known.preset().isEmpty()) {
      return Optional.of(type);
    }
    Optional<Preset> preset =
        type.type().presets().stream()
            .filter(one -> one.id().equals(known.preset().get()))
            .findFirst();
    return preset.map(found -> type.with(Optional.of(found)));
  }

  /**
   * {@return the installed type of a name, with the preset that the name stands for}
   *
   * @param typeName an id or a stored name, in any case
   * @throws ConnectionException with {@code UNSUPPORTED} if no plugin offers it, naming the
   *     installed types, or if several do, naming their jars
   */
  public InstalledType require(String typeName) {
    return find(typeName)
        .orElseThrow(
            () -> {
              Failure clash = clashes.get(idOrName(typeName));
              return clash == null
                  ? StandardFailures.unsupportedType(
                          displayName(typeName),
                          types.stream().map(ConnectionType::displayName).toList())
                      .asException()
                  : clash.asException();
            });
  }

  private String idOrName(String typeName) {
    String key = KnownNames.key(typeName);
    return clashes.containsKey(key)
        ? key
        : KnownNames.find(typeName).map(KnownNames.Known::id).orElse(key);
  }

  /**
   * {@return what a user calls a type, whether or not it is installed}
   *
   * @param typeName an id or a stored name, in any case
   */
  public String displayName(String typeName) {
    Optional<InstalledType> installed = find(typeName);
    return installed
        .flatMap(InstalledType::preset)
        .map(Preset::displayName)
        .or(() -> installed.map(one -> one.type().displayName()))
        .or(() -> KnownNames.find(typeName).map(KnownNames.Known::displayName))
        .orElseGet(() -> shown(typeName));
  }

  /** A name comes from outside: it is shown short and without control characters. */
  private static String shown(String name) {
    String plain = name.strip().replaceAll("[^\\p{L}\\p{N} ._-]", "?");
    return plain.length() <= MOST_SHOWN ? plain : plain.substring(0, MOST_SHOWN) + "…";
  }
}
