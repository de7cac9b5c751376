import { spawnSync } from 'node:child_process';
import { ChartRefusal } from './chart-refusal.ts';

/** How one run of Helm ended. */
export interface HelmRun {
  readonly ok: boolean;
  readonly stdout: string;
  /** What it complains of, in its own words. */
  readonly stderr: string;
}

/** Runs Helm with arguments, and says how it ended. */
export type Helm = (args: readonly string[]) => HelmRun;

/** Most bytes that a chart may come to. */
const mostBytes = 64 * 1024 * 1024;

/** Milliseconds before one run is given up. */
const timeoutMs = 120_000;

/** Oldest line that fetches a chart by its digest. */
const oldest = { major: 3, minor: 18 };

/** What of a person's settings would change the answer, or ask a cluster. */
const settled = { HELM_DEBUG: '', HELM_NAMESPACE: '', HELM_KUBECONTEXT: '', KUBECONFIG: '' };

/** What Helm is asked for, for people who have none that can do it. */
interface Purpose {
  /** E.g. `renders it`. */
  readonly does: string;
  /** What else they can write, after what there is to install. */
  readonly otherwise: string;
}

const rendering: Purpose = {
  does: 'renders it',
  otherwise: ', or let the engine render it: renderedBy: { kind: "engine", … }',
};

/** The Helm of this machine. Which one it is, is asked before its first run. */
export function helmOnPath(program = 'helm', { does, otherwise }: Purpose = rendering): Helm {
  let isAsked = false;
  const run: Helm = (args) => {
    const { error, status, stdout, stderr } = spawnSync(program, args, {
      encoding: 'utf8',
      maxBuffer: mostBytes,
      timeout: timeoutMs,
      env: { ...process.env, ...settled },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT')
      throw new ChartRefusal(
        `Helm ${does}, and is not on the PATH; install Helm 3.18 or later (https://helm.sh/docs/intro/install)${otherwise}`,
      );
    if (error !== undefined) throw new ChartRefusal(`Helm could not be run: ${error.message}`);
    return { ok: status === 0, stdout, stderr };
  };
  return (args) => {
    if (!isAsked) refuseOlder(run(['version', '--template', '{{.Version}}']).stdout.trim(), does);
    isAsked = true;
    return run(args);
  };
}

function refuseOlder(version: string, does: string): void {
  const [, major = 0, minor = 0] = (/^v(\d+)\.(\d+)\./.exec(version) ?? []).map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  throw new ChartRefusal(
    `Helm ${does}, and the one on the PATH cannot fetch a chart by its digest; install Helm ${oldest.major}.${oldest.minor} or later, got ${JSON.stringify(version)}`,
  );
}
