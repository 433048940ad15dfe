package dev.connections.filesystem.internal.listing;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds tables by one walk over directories. What is known of a file came with its directory: no
 * file is opened, and none is asked about a second time.
 */
public final class FileWalk implements FileVisitor<Path> {
  private static final int PROGRESS_EVERY = 1_000;
  private static final String DELTA_LOG = "_delta_log";

  /** What a byte becomes that is no character. */
  private static final char UNREADABLE = '\uFFFD';

  private final BaseDirectory base;
  private final ListingRules rules;
  private final ListingReceiver receiver;
  private final Operation operation;
  private final boolean onlyStart;
  private final Deque<DirectoryFrame> frames = new ArrayDeque<>();
  private final WalkLimits limits;
  private boolean started;

  private FileWalk(
      BaseDirectory base,
      ListingRules rules,
      ListingReceiver receiver,
      Operation operation,
      boolean onlyStart) {
    this.base = base;
    this.rules = rules;
    this.receiver = receiver;
    this.operation = operation;
    this.onlyStart = onlyStart;
    this.limits = new WalkLimits(rules);
  }

  /**
   * Lists everything below the connection's directory.
   *
   * @param base the connection's directory
   * @param rules which files are tables
   * @param receiver hears what is found
   * @param operation deadline and cancellation
   * @throws IOException if the connection's directory itself can't be read
   */
  public static void all(
      BaseDirectory base, ListingRules rules, ListingReceiver receiver, Operation operation)
      throws IOException {
    new FileWalk(base, rules, receiver, operation, false)
        .walk(base.path(), new RelativePath(List.of()));
  }

  /**
   * Lists the tables of one directory.
   *
   * @param base the connection's directory
   * @param directory which one
   * @param rules which files are tables
   * @param receiver hears what is found
   * @param operation deadline and cancellation
   * @throws IOException if the directory can't be read
   */
  public static void one(
      BaseDirectory base,
      RelativePath directory,
      ListingRules rules,
      ListingReceiver receiver,
      Operation operation)
      throws IOException {
    new FileWalk(base, rules, receiver, operation, true).walk(base.directory(directory), directory);
  }

  /**
   * {@return whether a directory may be a schema, as far as its name tells}
   *
   * @param directory which one
   * @param rules which files are tables
   */
  public static boolean isSchema(RelativePath directory, ListingRules rules) {
    List<String> names = directory.names();
    return names.size() <= (rules.recursive() ? rules.deepest() : 0)
        && names.stream()
            .noneMatch(n -> ListingRules.isHidden(n) || PartitionKey.Pair.of(n).isPresent());
  }

  /**
   * {@return the name of the partitioned table that a directory holds}
   *
   * @param base the connection's directory
   * @param directory the path of the directory, {@code .} for the connection's own
   */
  public static String setName(BaseDirectory base, String directory) {
    if (!directory.equals(RelativePath.ROOT)) {
      return directory.substring(directory.lastIndexOf('/') + 1);
    }
    Path name = base.path().getFileName();
    return name == null ? RelativePath.ROOT : plain(name.toString());
  }

  private void walk(Path start, RelativePath relative) throws IOException {
    frames.push(frame(relative.text()));
    Set<FileVisitOption> options =
        base.followsLinks()
            ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
            : EnumSet.noneOf(FileVisitOption.class);
    Files.walkFileTree(start, options, Integer.MAX_VALUE, this);
    limits.end().ifPresent(this::stopped);
    if (limits.tooDeep() > 0) {
      receiver.notice(Truncation.tooDeep(rules.deepest(), limits.tooDeep()));
    }
  }

  private DirectoryFrame frame(String path) {
    return new DirectoryFrame(
        path, receiver.wants(SchemaName.of(path)), Optional.empty(), List.of());
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    operation.checkpoint();
    if (!started) {
      started = true;
      return FileVisitResult.CONTINUE;
    }
    if (limits.areReached()) {
      return FileVisitResult.TERMINATE;
    }
    String name = nameOf(directory);
    DirectoryFrame parent = frames.element();
    if (name.equals(DELTA_LOG)) {
      DirectoryFrame home = parent.home.orElse(parent);
      TableName table = home.schema().table(setName(base, home.path));
      home.delta =
          Optional.of(
              FoundTable.DeltaDirectory.of(
                  table, attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS)));
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (ListingRules.isHidden(name) || !rules.recursive()) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    Optional<PartitionKey.Pair> pair = PartitionKey.Pair.of(name);
    boolean partition = pair.isPresent() || parent.home.isPresent();
    if (partition ? !parent.home.orElse(parent).wanted : onlyStart) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (parent.home.isEmpty() && inDelta(parent, directory)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (isNameless(directory)) {
      parent.leftOut.nameless++;
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (leadsOut(directory)) {
      parent.leftOut.links++;
      return FileVisitResult.SKIP_SUBTREE;
    }
    String path = parent.pathOf(name);
    if (limits.isTooDeep(path)) {
      parent.fail(Truncation.failure("more than " + rules.deepest() + " levels deep"));
      return FileVisitResult.SKIP_SUBTREE;
    }
    // Whether a schema is wanted is asked last: the listing of each one that is must end.
    frames.push(partition ? partition(parent, path, pair) : frame(path));
    return FileVisitResult.CONTINUE;
  }

  /** Whether a directory's files are those of a Delta table, so that no other table is in it. */
  private boolean inDelta(DirectoryFrame parent, Path directory) {
    if (!parent.askedForLog) {
      parent.askedForLog = true;
      Path log = directory.resolveSibling(DELTA_LOG);
      parent.hasLog = Files.isDirectory(log, LinkOption.NOFOLLOW_LINKS);
    }
    return parent.hasLog;
  }

  private static DirectoryFrame partition(
      DirectoryFrame parent, String path, Optional<PartitionKey.Pair> pair) {
    List<PartitionKey.Pair> pairs = new ArrayList<>(parent.pairs);
    pair.ifPresent(pairs::add);
    return new DirectoryFrame(
        path, true, Optional.of(parent.home.orElse(parent)), List.copyOf(pairs));
  }

  /** Whether links are followed, and one on the way leads out of the directory or nowhere. */
  private boolean leadsOut(Path path) {
    if (!base.followsLinks()) {
      return false;
    }
    try {
      return !base.contains(path);
    } catch (IOException deletedMeanwhile) {
      return true; // told with the links: a single path mustn't end the listing
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    operation.checkpoint();
    DirectoryFrame frame = frames.element();
    if (limits.areReached()) {
      return FileVisitResult.TERMINATE;
    }
    if (!frame.wanted) {
      return FileVisitResult.CONTINUE;
    }
    String name = nameOf(file);
    Optional<FileFormat> format = rules.formatOf(frame.path, name);
    if (attributes.isSymbolicLink()) {
      if (format.isPresent() || mayBeDirectory(name)) {
        frame.leftOut.links++;
      }
      return FileVisitResult.CONTINUE;
    }
    if (format.isEmpty()) {
      return FileVisitResult.CONTINUE;
    }
    if (!attributes.isRegularFile()) {
      frame.leftOut.special++;
      return FileVisitResult.CONTINUE;
    }
    if (base.followsLinks() && Files.isSymbolicLink(file) && leadsOut(file)) {
      frame.leftOut.links++;
      return FileVisitResult.CONTINUE;
    }
    if (isNameless(file)) {
      frame.leftOut.nameless++;
      return FileVisitResult.CONTINUE;
    }
    if (limits.isOneTooMany()) {
      return FileVisitResult.TERMINATE;
    }
    add(frame, name, format.get(), attributes);
    return FileVisitResult.CONTINUE;
  }

  private static boolean mayBeDirectory(String name) {
    return !ListingRules.isHidden(name) && name.indexOf('.') < 0;
  }

  private void add(
      DirectoryFrame frame, String name, FileFormat format, BasicFileAttributes attributes) {
    if (limits.files() % PROGRESS_EVERY == 0) {
      operation.progress().progress("listing", limits.files(), OptionalLong.empty());
    }
    if (frame.home.isPresent()) {
      frame.holdsPartition = true;
      frame
          .home
          .get()
          .set
          .add(
              format,
              frame.path,
              name,
              frame.pairs,
              attributes.size(),
              attributes.lastModifiedTime());
    } else {
      frame.files.add(
          FoundTable.SingleFile.of(
              frame.schema().table(name),
              format,
              attributes.size(),
              attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS)));
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException exception) throws IOException {
    operation.checkpoint();
    if (!started) {
      throw exception;
    }
    DirectoryFrame frame = frames.element();
    String name = nameOf(file);
    if (exception instanceof NoSuchFileException || ListingRules.isHidden(name)) {
      return FileVisitResult.CONTINUE; // deleted since it was listed, or of no interest
    }
    if (exception instanceof FileSystemLoopException) {
      frame.leftOut.loops++;
      return FileVisitResult.CONTINUE;
    }
    Failure failure = FileFailures.of(frame.pathOf(name), exception);
    if (frame.home.isPresent() || PartitionKey.Pair.of(name).isPresent()) {
      frame.fail(failure);
    } else if (rules.recursive() && !onlyStart) {
      SchemaName schema = SchemaName.of(frame.pathOf(name));
      if (receiver.wants(schema)) {
        receiver.failed(schema, failure);
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException exception) {
    DirectoryFrame frame = frames.pop();
    if (exception != null) {
      frame.fail(FileFailures.of(frame.path, exception));
    }
    finish(frame);
    return FileVisitResult.CONTINUE;
  }

  private void finish(DirectoryFrame frame) {
    if (frame.home.isPresent()) {
      if (frame.holdsPartition) {
        frame.home.get().set.partition();
      }
    } else if (frame.wanted) {
      frame.tell(receiver, setName(base, frame.path), rules, base.followsLinks());
    }
  }

  /** A limit ended the walk: the directories it was in weren't seen to their end. */
  private void stopped(Truncation.Reason reason) {
    receiver.notice(reason.notice(rules));
    while (!frames.isEmpty()) {
      DirectoryFrame frame = frames.pop();
      frame.fail(reason.failure(rules));
      finish(frame);
    }
  }

  private static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : plain(name.toString());
  }

  /**
   * Whether a name holds bytes that are no characters in the system's encoding. Two such names may
   * look alike, and none leads back to its file.
   */
  private static boolean isNameless(Path path) {
    String name = nameOf(path);
    if (name.indexOf(UNREADABLE) < 0) {
      return false;
    }
    try {
      return !path.resolveSibling(name).equals(path);
    } catch (InvalidPathException notInTheSystemsEncoding) {
      return true;
    }
  }

  /** Some file systems end a directory's name in a slash. */
  private static String plain(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
