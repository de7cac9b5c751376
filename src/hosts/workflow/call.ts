/** How the program is called: arguments of the command, and the environment variables they read. */
export interface Call {
  readonly env: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
}

/** A promotion: how it is called, of which commit, and after which jobs. */
export interface PromotionCall extends Call {
  /** Expression of the commit of the source that is promoted; the default branch has it. @default - what is promoted says it */
  readonly commit?: string;
  /** Jobs that come first. */
  readonly needs: readonly string[];
}

/** A Git tag that is built, in place of the commit that the run is of. Both are expressions. */
export interface BuiltTag {
  readonly commit: string;
  /** The images get it as their tag. */
  readonly gitTag: string;
}
