/** A person, team or app that acts. */
export interface Actor {
  /** Login of a person or a team, or the name of an app, at the host. */
  readonly name: string;

  /** Whether it is a person, a team of the organization, or an app. */
  readonly kind: 'user' | 'team' | 'app';
  /** Name of an app in its address at GitHub (`https://github.com/apps/<slug>`), under which its pull requests are opened and its number is found. @default - its name */
  readonly slug?: string;
}

/** A Git repository of the delivery, and how GitHub protects it. */
export interface Repository {
  /** Unique name; also the repository's name at its host unless `url` says otherwise. */
  readonly name: string;
  /** What it holds; one repository may hold the source and the program. */
  readonly holds: readonly ('source' | 'program' | 'ops' | 'config' | 'releaseCopy' | 'charts')[];
  /** https URL that people and Argo CD read. */
  readonly url: string;
  /** Branch that people work on. @default 'main' */
  readonly defaultBranch?: string;
  /** Who may read it at its host. @default 'private' */
  readonly visibility?: 'public' | 'private';
  /** Whether Pulumi creates it or takes over the existing one. @default 'create' */
  readonly management?: 'create' | 'adopt' | 'external';
  /** Rules of the default branch. @default - not protected by this program */
  readonly protection?: {
    /** People who must approve, 0 to 6. */
    readonly approvals: number;
    /** Names of status checks that must pass. */
    readonly checks: readonly string[];
    /** Actors that may pass by the rules. @default - nobody */
    readonly bypass?: readonly string[];
  };
  /** Who may create release tags, and what they look like (`v*`). @default - tags are not protected */
  readonly tags?: {
    /** What release tags look like, as GitHub's filter patterns say it. */
    readonly pattern: string;
    /** Names of the actors who may make them. */
    readonly creators: readonly string[];
  };
}
