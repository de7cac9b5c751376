import type { Host } from '../model/formats/host.ts';
import type { Workflow } from './workflow/workflow.ts';

/** What the tokens of a host look like. */
export interface HostTokens {
  /** Source of a regular expression for what one starts with, e.g. `glpat-`. */
  readonly start: string;
  /** A whole one, so long that a hit is hardly ever an accident. */
  readonly whole: RegExp;
}

/** What keeps a repository: everything that the stages ask of it, besides its API. Pure functions over data. */
export interface HostPlugin<Kind extends Host = Host> {
  readonly kind: Kind;
  /** As its users write it, e.g. `GitHub`. */
  readonly title: string;
  /** How the host runs workflows: where a file lies, and its text. @default - it runs none, and none is made */
  readonly workflows?: {
    /** Folder that it looks for workflows in, e.g. `.github/workflows`. */
    readonly folder: string;
    /** Whether a file of that folder is a generated one, by its name. */
    readonly isGenerated: (name: string) => boolean;
    /** Path of a generated workflow. A prefix of its own keeps it apart from those that people write. */
    readonly path: (workflow: Workflow) => string;
    readonly render: (workflow: Workflow) => string;
  };
  /** Where the REST API of a server is, by the server's address. @default - it has none that is asked */
  readonly apiAddress?: (server?: string) => string;
  /** Characters that a comment or the text of a pull request may have. @default - it has neither */
  readonly commentCharacters?: number;
  /** Tekton's interceptor that checks the signature of its webhooks. @default - there is none */
  readonly interceptor?: string;
  /** What its tokens look like. @default - it hands none out */
  readonly tokens?: HostTokens;
  /** The owner and name behind an address of the host, at a server by its name. @default - it has no pull requests to ask for */
  readonly repositoryAt?: (
    address: string,
    server?: string,
  ) => { readonly owner: string; readonly repository: string } | undefined;
  /** The page of a commit, for people, by the address of its repository and the name of the server. @default - it has none */
  readonly commitAddress?: (address: string, commit: string, server?: string) => string | undefined;
  /** What to type so that a command may open a pull request there. */
  readonly pullRequestsNeed: string;
}
