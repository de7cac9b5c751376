import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { LiveObject } from '../../src/clients/kubernetes/cluster.ts';
import { temporaryFolder } from './git.ts';

/** Status that a request is refused with; nothing where it is answered. */
export type Refusal = (request: {
  readonly path: string;
  readonly token: string | undefined;
}) => 401 | 403 | 429 | 503 | undefined;

/** Kinds that an API server of the tests serves, by group and version: the plural of each, and whether it is of a namespace. */
const served: Readonly<Record<string, Readonly<Record<string, readonly [plural: string, namespaced: boolean]>>>> = {
  v1: {
    ConfigMap: ['configmaps', true],
    Namespace: ['namespaces', false],
    Node: ['nodes', false],
    PersistentVolumeClaim: ['persistentvolumeclaims', true],
    Pod: ['pods', true],
    Secret: ['secrets', true],
    Service: ['services', true],
    ServiceAccount: ['serviceaccounts', true],
  },
  'apps/v1': { Deployment: ['deployments', true], StatefulSet: ['statefulsets', true] },
  'argoproj.io/v1alpha1': { AppProject: ['appprojects', true], Application: ['applications', true] },
  'batch/v1': { CronJob: ['cronjobs', true], Job: ['jobs', true] },
  'storage.k8s.io/v1': { StorageClass: ['storageclasses', false] },
  'apiextensions.k8s.io/v1': { CustomResourceDefinition: ['customresourcedefinitions', false] },
};

/**
 * An API server over HTTP on 127.0.0.1, with a kubeconfig of its own. It holds objects, answers by path and verb, and knows nothing but
 * `GET`; what it does not serve is a 404, as of a real one.
 */
export class ApiServer {
  /** Every request, as `GET /path`. */
  readonly requests: string[] = [];
  /** @default - nothing is refused */
  refuses: Refusal = () => undefined;
  private readonly server: Server;

  private constructor(public objects: readonly LiveObject[]) {
    this.server = createServer((request, response) => {
      const { status, body } = this.answer(request);
      const pause = status === 429 ? { 'retry-after': '1' } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...pause }).end(JSON.stringify(body));
    });
  }

  static async start(objects: readonly LiveObject[]): Promise<ApiServer> {
    const server = new ApiServer(objects);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Writes a kubeconfig whose contexts name this server, with a token, and returns its path. */
  kubeconfig(contexts: readonly string[], token = 'good', file = join(temporaryFolder(), 'kubeconfig')): string {
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': contexts[0],
        clusters: [{ name: 'tests', cluster: { server: this.address, 'insecure-skip-tls-verify': true } }],
        users: [{ name: 'tests', user: { token } }],
        contexts: contexts.map((name) => ({ name, context: { cluster: 'tests', user: 'tests' } })),
      }),
    );
    return file;
  }

  private answer({ method = '', url = '', headers }: IncomingMessage): {
    readonly status: number;
    readonly body: unknown;
  } {
    const { pathname: path, searchParams } = new URL(url, 'http://127.0.0.1');
    this.requests.push(`${method} ${path}`);
    const failed = (status: number) => ({
      status,
      body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status },
    });
    if (method !== 'GET') return failed(405);
    const refusal = this.refuses({ path, token: headers.authorization?.replace('Bearer ', '') });
    if (refusal !== undefined) return failed(refusal);
    if (path === '/version') return { status: 200, body: { major: '1', minor: '31' } };
    const found = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/(.*))?$/.exec(path);
    const apiVersion = found?.[1] ?? found?.[2] ?? '';
    const kinds = served[apiVersion];
    if (kinds === undefined) return failed(404);
    if (found?.[3] === undefined) return { status: 200, body: resourcesOf(apiVersion, kinds) };
    const parts = found[3].split('/');
    const [namespace, [plural, name]] =
      parts[0] === 'namespaces' && parts.length > 2 ? [parts[1], parts.slice(2)] : [undefined, parts];
    const kind = Object.entries(kinds).find(([, [one]]) => one === plural)?.[0];
    if (kind === undefined) return failed(404);
    const items = this.objects.filter(
      (object) =>
        object.apiVersion === apiVersion &&
        object.kind === kind &&
        (namespace === undefined || object.metadata.namespace === namespace) &&
        (name === undefined || object.metadata.name === name) &&
        isSelected(object, searchParams.get('labelSelector')),
    );
    if (name === undefined) return { status: 200, body: { apiVersion, kind: `${kind}List`, metadata: {}, items } };
    return items[0] === undefined ? failed(404) : { status: 200, body: items[0] };
  }
}

const resourcesOf = (groupVersion: string, kinds: (typeof served)[string]): unknown => ({
  kind: 'APIResourceList',
  groupVersion,
  resources: Object.entries(kinds).map(([kind, [name, namespaced]]) => ({
    name,
    kind,
    namespaced,
    verbs: ['get', 'list'],
  })),
});

const isSelected = ({ metadata }: LiveObject, selector: string | null): boolean =>
  (selector ?? '')
    .split(',')
    .filter((part) => part !== '')
    .every((part) => metadata.labels?.[part.split('=')[0] ?? ''] === part.split('=')[1]);
