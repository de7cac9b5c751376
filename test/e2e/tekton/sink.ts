import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { until } from '../../support/cluster.ts';
import { freePort } from '../../support/free-port.ts';
import { temporaryFolder } from '../../support/git.ts';

/** What is told as GitHub tells it. */
export interface Told {
  /** @default push */
  readonly event?: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it is signed with; not signed where there is none. */
  readonly secret?: string;
}

/** The program of a listener, on this machine, with the rights of the listener's account and no other. */
export interface Sink {
  /** Tells it of something as GitHub does. What comes back is the status, whatever becomes of it. */
  tell(told: Told): Promise<number>;
  /** Sends it a text, to a path with what stands behind it. What comes back is the status, whatever becomes of it. */
  post(path: string, text: string, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** The end of what it wrote. */
  said(): string;
  stop(): Promise<void>;
}

/** What Tekton makes of a listener: who it runs as, and what its program is started with. */
export interface ListenerDeployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly { readonly args: readonly string[] }[];
      };
    };
  };
}

/** A kubeconfig of the cluster that KUBECONFIG names, with a token of a ServiceAccount and nothing else to say who calls. */
export async function kubeconfigOf(account: string, namespace: string): Promise<string> {
  const token = await execa('kubectl', ['create', 'token', account, '--namespace', namespace]);
  const view = await execa('kubectl', ['config', 'view', '--raw', '--flatten', '--minify', '--output=json']);
  const config = JSON.parse(view.stdout) as { readonly users: readonly { readonly name: string }[] };
  const file = join(temporaryFolder(), 'kubeconfig');
  const users = config.users.map(({ name }) => ({ name, user: { token: token.stdout } }));
  writeFileSync(file, JSON.stringify({ ...config, users }), { mode: 0o600 });
  return file;
}

/** Starts the program of a listener as its Deployment would. @throws when it does not answer, with the end of what it wrote */
export async function startSink(name: string, namespace: string, { spec }: ListenerDeployment): Promise<Sink> {
  const { serviceAccountName, containers } = spec.template.spec;
  const kubeconfig = await kubeconfigOf(serviceAccountName, namespace);
  const [port, profiling] = [await freePort(), await freePort()];
  const log = join(temporaryFolder(), 'sink.log');
  const args = containers.flatMap(({ args: each }) => each).filter((arg) => !arg.startsWith('--port='));
  const running = execa('tekton-eventlistener', [...args, `--port=${port}`, `--kubeconfig=${kubeconfig}`], {
    extendEnv: false,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: temporaryFolder(),
      KUBECONFIG: kubeconfig,
      KUBERNETES_MIN_VERSION: 'v1.28.0',
      SYSTEM_NAMESPACE: namespace,
      NAMESPACE: namespace,
      NAME: name,
      METRICS_PROTOCOL: 'none',
      PROFILING_PORT: String(profiling),
      K_LOGGING_CONFIG: '',
      K_METRICS_CONFIG: '',
      K_OBSERVABILITY_CONFIG: '',
    },
    stdout: { file: log },
    stderr: { file: log },
    reject: false,
  });
  const url = `http://127.0.0.1:${port}/`;
  const said = (): string => readFileSync(log, 'utf8').slice(-2000);
  const stop = async (): Promise<void> => {
    running.kill();
    await running;
  };
  const answers = async (): Promise<true | undefined> => {
    const { ok } = await fetch(`${url}live`).catch(() => ({ ok: false }));
    return ok ? true : undefined;
  };
  try {
    await until('the listener answers', 30, answers, said);
  } catch (error) {
    await stop();
    throw error;
  }
  const post: Sink['post'] = async (path, text, headers = {}) => {
    const { status } = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: text,
    });
    return status;
  };
  return {
    tell({ event = 'push', body, secret }) {
      const text = JSON.stringify(body);
      const signed = secret === undefined ? undefined : createHmac('sha256', secret).update(text).digest('hex');
      return post('/', text, {
        'X-GitHub-Event': event,
        ...(signed === undefined ? {} : { 'X-Hub-Signature-256': `sha256=${signed}` }),
      });
    },
    post,
    said,
    stop,
  };
}
