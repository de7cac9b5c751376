/** Annotations by which an engine is told to do something else than usual with an object. */
export interface EngineMarks {
  /** Keeps an object that holds data when it leaves the branch, or when the application is deleted. */
  readonly kept: Readonly<Record<string, string>>;
  /** The same to another engine, from which an environment may come. @default - none */
  readonly keptByOthers?: Readonly<Record<string, string>>;
  /**
   * Keeps an object's health out of its application's: a CronJob whose job failed, or a claim that waits for its first job, says nothing
   * about what serves traffic. Empty where the engine does not ask for the health of such objects.
   */
  readonly healthIgnored: Readonly<Record<string, string>>;
  /** Has an object be there, and healthy, before the jobs of a release. */
  readonly beforeJobs: Readonly<Record<string, string>>;
  /** Has a Job run once for each release, after what {@link beforeJobs} marks and before what has no mark. */
  readonly beforeRelease: Readonly<Record<string, string>>;
  /** Annotations by which an object says itself when it is applied. */
  readonly ownTime: readonly string[];
  /**
   * Whether what Kubernetes fills in is written down where something else may take its place: an engine that applies on the server's side
   * takes away only what it wrote, and a Deployment that is to stop before it starts anew may keep no rolling update. @default false
   */
  readonly writesDefaults?: boolean;
}
