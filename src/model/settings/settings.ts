import { repositoryAddress } from '../formats/repository-address.ts';
import { ProblemsError, type Problem } from '../problem.ts';
import { ownValues, withOwn, type OwnSettings, type OwnValues } from './own-settings.ts';
import { environmentKeys, platformKeys } from './setting-keys.ts';
import { readStackFile } from './stack-file.ts';

/** Settings that every environment shares, from `Pulumi.platform.yaml`. */
export interface PlatformSettings {
  /** https URL of the ops repository, for `project.ts` to declare: the delivery's is the one that counts. */
  readonly opsRepository: string;
  /** Whether Pulumi refuses to delete repositories. @default true */
  readonly protect: boolean;
  /** Whether Pulumi takes over what is at GitHub already; dropped after the first `pulumi up`. @default false */
  readonly adopt?: boolean;
  /** What GitHub offers this owner, and the App that promotes. */
  readonly github: {
    /** @default - the first part of the ops repository's path */
    readonly owner: string;
    /** @default 'free' */
    readonly plan: 'free' | 'team' | 'enterprise';
    /** @default 'user' */
    readonly ownerKind: 'user' | 'organization';
    /** Number of the GitHub App that promotes. @default - not known */
    readonly appId?: number;
    /** Number of that App's installation. @default - not known */
    readonly installationId?: number;
    /** API of a GitHub Enterprise server. @default - github.com */
    readonly baseUrl?: string;
    /** Milliseconds that Pulumi waits after each change at a GitHub Enterprise server. @default 1000, which github.com asks for */
    readonly writeDelayMs?: number;
  };
  /** Generations of the delivery's own credentials, by name. @default - 1 each */
  readonly generations?: Readonly<Record<string, number>>;
  /** Names of the delivery's own credentials whose values the file holds, encrypted. @default - none */
  readonly secrets?: readonly string[];
}

/** Settings of one environment, from `Pulumi.<environment>.yaml`. */
export interface EnvironmentSettings {
  /** Host under which the environment is reached. @default - any */
  readonly host?: string;
  /** By service name. */
  readonly replicas: Readonly<Record<string, number>>;
  /** By credential name. */
  readonly generations: Readonly<Record<string, number>>;
  /** Whether Pulumi takes over what already runs; dropped after the first `pulumi up`. */
  readonly adopt: boolean;
  /** Whether the environment is about to go: nobody writes its branch any more, and the rules for that outlive the stack. @default false */
  readonly retired?: boolean;
  /** Context of the kubeconfig. @default - none; Pulumi refuses to run without one */
  readonly kubernetesContext?: string;
  /** Address of the pages of the engine that follows the branch, for links. @default - no links */
  readonly engineUrl?: string;
  /** Names of the credentials whose values the file holds, encrypted. @default - none */
  readonly secrets?: readonly string[];
}

/** All stack files of a project, read through one schema. */
export interface Settings {
  readonly platform: PlatformSettings;
  /** By environment name; an environment without a file is absent. */
  readonly environments: Readonly<Record<string, EnvironmentSettings>>;
}

/** {@link Settings}, and what the project itself declares: `SettingsWith<typeof ownSettings>`. */
export interface SettingsWith<Own extends OwnSettings> {
  readonly platform: PlatformSettings & OwnValues<Own['platform']>;
  /** By environment name; an environment without a file is absent. */
  readonly environments: Readonly<Record<string, EnvironmentSettings & OwnValues<Own['environment']>>>;
}

/** Stack of what environments share. */
export const platformStack = 'platform';

function platformFrom(file: unknown, own: OwnSettings, problems: Problem[]): PlatformSettings | undefined {
  const elsewhere = withOwn(environmentKeys, own.environment);
  const config = readStackFile(platformStack, file, withOwn(platformKeys, own.platform), elsewhere, problems);
  if (config === undefined) return undefined;
  const github = config['portolan:github'];
  const owner = config['github:owner'] ?? repositoryAddress(config['portolan:opsRepository'])?.owner;
  if (owner === undefined) {
    problems.push({
      path: 'Pulumi.platform.yaml: config.github:owner',
      message:
        'is missing and the ops repository does not tell it; write it with: pulumi config set github:owner acme --stack platform',
    });
    return undefined;
  }
  return {
    ...ownValues(own.platform, config),
    opsRepository: config['portolan:opsRepository'],
    protect: config['portolan:protect'] ?? true,
    ...(config['portolan:adopt'] === true ? { adopt: true } : {}),
    github: {
      owner,
      plan: github?.plan ?? 'free',
      ownerKind: github?.ownerKind ?? 'user',
      ...(github?.appId === undefined ? {} : { appId: github.appId }),
      ...(github?.installationId === undefined ? {} : { installationId: github.installationId }),
      ...(config['github:baseUrl'] === undefined ? {} : { baseUrl: config['github:baseUrl'] }),
      ...(config['github:writeDelayMs'] === undefined ? {} : { writeDelayMs: config['github:writeDelayMs'] }),
    },
    generations: config['portolan:generations'] ?? {},
    secrets: Object.keys(config['portolan:secrets'] ?? {}),
  };
}

function environmentFrom(
  stack: string,
  file: unknown,
  own: OwnSettings,
  problems: Problem[],
): EnvironmentSettings | undefined {
  const elsewhere = withOwn(platformKeys, own.platform);
  const config = readStackFile(stack, file, withOwn(environmentKeys, own.environment), elsewhere, problems);
  if (config === undefined) return undefined;
  return {
    ...ownValues(own.environment, config),
    ...(config['portolan:host'] === undefined ? {} : { host: config['portolan:host'] }),
    replicas: config['portolan:replicas'] ?? {},
    generations: config['portolan:generations'] ?? {},
    adopt: config['portolan:adopt'] ?? false,
    ...(config['portolan:retired'] === true ? { retired: true } : {}),
    ...(config['kubernetes:context'] === undefined ? {} : { kubernetesContext: config['kubernetes:context'] }),
    ...(config['portolan:engineUrl'] === undefined ? {} : { engineUrl: config['portolan:engineUrl'] }),
    secrets: Object.keys(config['portolan:secrets'] ?? {}),
  };
}

/** What is wrong with the stack files, and what the others say. */
export interface ReadSettings {
  /** Without the environments whose file has a problem. @default - the platform's file has one */
  readonly settings?: Settings;
  /** Every problem of every file; never shows an encrypted value. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the settings from the contents of `Pulumi.<stack>.yaml`, by stack name, as plain data.
 *
 * @param own - what the project declares beside Portolan's own @default - nothing
 */
export function readSettings(files: Readonly<Record<string, unknown>>, own: OwnSettings = {}): ReadSettings {
  const problems: Problem[] = [];
  const platform = platformFrom(files[platformStack], own, problems);
  const environments: Record<string, EnvironmentSettings> = {};
  for (const [stack, file] of Object.entries(files)) {
    if (stack === platformStack) continue;
    const environment = environmentFrom(stack, file, own, problems);
    if (environment !== undefined) environments[stack] = environment;
  }
  return { problems, ...(platform === undefined ? {} : { settings: { platform, environments } }) };
}

/**
 * {@link readSettings}, where nothing may be wrong.
 *
 * @throws ProblemsError with every problem of every file; it never shows an encrypted value
 */
export function parseSettings<const Own extends OwnSettings = OwnSettings>(
  files: Readonly<Record<string, unknown>>,
  own?: Own,
): SettingsWith<Own> {
  const { settings, problems } = readSettings(files, own);
  if (settings === undefined || problems.length > 0) throw new ProblemsError('the configuration', problems);
  // What the declared types gave lies in it, by the names of `Own`.
  return settings as SettingsWith<Own>;
}
