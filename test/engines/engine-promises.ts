import { expect } from '@jest/globals';
import type { EnginePlugin } from '../../src/engines/engine.ts';
import type { OrderStep } from '../../src/engines/order-step.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Credential } from '../../src/model/credential.ts';
import { kindOf } from '../../src/objects/kind.ts';
import { promised } from '../support/contract.ts';
import { toldByFlux } from '../support/told-by-flux.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { madeUp } from './made-up/made-up.ts';

const delivery = validDelivery();
export const environment = delivery.environments[0]!;
const application = environment.applications[0]!;
export const binding = { delivery, environment, opsRepository: 'https://github.com/acme/shop-ops.git' };
const elsewhere = { ...binding, opsRepository: 'https://github.com/acme/another.git' };
export const followed = environment.applications.map((each) => ({ application: each, objects: [] }));
export const plain: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'dev' },
};

/** The same environment, whose engine runs in another namespace. */
const moved = {
  ...binding,
  environment: { ...environment, cluster: { ...environment.cluster, engineNamespace: 'platform-cd' } },
};

const told = toldByFlux();
/** An environment whose engine says how commits ended, where it can. */
const reporting = { ...binding, delivery: told, environment: told.environments[0]! };

/** A credential that reads the ops repository, kept in a namespace. */
export const readerIn = (namespace: string, { sshKey }: Pick<Face, 'sshKey'>): Credential => ({
  name: 'reader',
  purpose: 'gitRead',
  holder: 'the engine',
  scope: 'the ops repository, reading',
  store: { kind: 'kubernetes', secretName: 'reader', keys: [sshKey], namespace },
});

const secretWith = (labels: Readonly<Record<string, string>>, data: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'reader', namespace: 'anywhere', labels },
  data,
});

/** A face of any kind: compared by what it has, not by its kind. */
export type Face = { readonly [Key in keyof EnginePlugin]: EnginePlugin[Key] };

export const madeBy = (engine: Face, by = binding): readonly KubernetesObject[] =>
  engine.bootstrap(by, followed).map(({ object }) => object);

/** Whether every cluster knows the kind of an object, without the engine. */
const isOfEveryCluster = ({ apiVersion }: KubernetesObject): boolean =>
  ['v1', 'rbac.authorization.k8s.io/v1'].includes(apiVersion);

/** The object that an engine watches for the application, as it made it itself. */
function watchedBy(engine: Face, by = binding): KubernetesObject | undefined {
  const { apiVersion, kind, name, namespace } = engine.watches(by, application);
  return madeBy(engine, by).find(
    (object) =>
      object.apiVersion === apiVersion &&
      object.kind === kind &&
      object.metadata.name === name &&
      object.metadata.namespace === namespace,
  );
}

/** What stands beside it, as the engine made it itself. */
function besideOf(engine: Face): readonly KubernetesObject[] {
  const beside = engine.beside(binding, application).map(({ kind, name }) => `${kind}/${name}`);
  return madeBy(engine).filter(({ kind, metadata }) => beside.includes(`${kind}/${metadata.name}`));
}

/** What every engine promises. */
export const enginePromises = promised<Face>(
  {
    sentence: 'makes objects with ids of their own, behind the namespace and in an order',
    keep: (engine) => {
      const bootstrap = engine.bootstrap(binding, followed);
      const orders = bootstrap.map(({ order }) => order);

      expect(bootstrap.length).toBeGreaterThan(0);
      expect(new Set(bootstrap.map(({ id }) => id)).size).toBe(bootstrap.length);
      expect(orders.filter((order) => order <= 10 || order > 99)).toEqual([]);
      expect(orders).toEqual([...orders].sort((a, b) => a - b));
    },
    broken: {
      ...madeUp,
      bootstrap: (...given) => madeUp.bootstrap(...given).map((made) => ({ ...made, order: 5 })),
    },
  },
  {
    sentence: 'makes nothing where it follows nothing',
    keep: (engine) => {
      expect(engine.bootstrap(binding, [])).toEqual([]);
    },
    broken: { ...madeUp, bootstrap: () => [{ id: 'always', order: 20, object: plain }] },
  },
  {
    sentence: 'makes the same of the same, and changes nothing that it was given',
    keep: (engine) => {
      const before = JSON.stringify([binding, followed]);

      expect(engine.bootstrap(binding, followed)).toEqual(engine.bootstrap(binding, followed));
      expect(JSON.stringify([binding, followed])).toBe(before);
    },
    broken: counting(),
  },
  {
    sentence: 'watches an object that it made itself, for each application',
    keep: (engine) => {
      expect(watchedBy(engine)).toBeDefined();
    },
    broken: { ...madeUp, watches: (...given) => ({ ...madeUp.watches(...given), name: 'another' }) },
  },
  {
    sentence: 'looks beside what it watches at objects of its own kinds, where it runs, and at none twice',
    keep: (engine) => {
      const watched = [engine.watches(moved, application), ...engine.beside(moved, application)];

      expect(watched.filter((each) => !engine.owns(each) || each.namespace !== 'platform-cd')).toEqual([]);
      expect(new Set(watched.map(({ kind, name }) => `${kind}/${name}`)).size).toBe(watched.length);
    },
    broken: { ...madeUp, beside: (...given) => [madeUp.watches(...given)] },
  },
  {
    sentence: 'calls what is not there missing, and says what to type',
    keep: (engine) => {
      expect(engine.judge(binding, application, undefined, 'type this', [])).toMatchObject({
        name: engine.watches(binding, application).name,
        sync: 'Missing',
        health: 'Missing',
        message: expect.stringContaining('type this') as unknown,
      });
    },
    broken: { ...madeUp, judge: (...given) => ({ ...madeUp.judge(...given), message: 'is not there' }) },
  },
  {
    sentence: 'follows nothing else where the live object is the one that it made, and says so of any other',
    keep: (engine) => {
      expect(engine.elsewhere(binding, application, watchedBy(engine)!, besideOf(engine))).toBeUndefined();
      expect(engine.elsewhere(elsewhere, application, watchedBy(engine)!, besideOf(engine))).toMatch(/\S/);
    },
    broken: { ...madeUp, elsewhere: () => undefined },
  },
  {
    sentence: 'has what it makes new applied before the branch, what goes after it, and nothing where all stays',
    keep: (engine) => {
      const made = madeBy(engine);
      const whenOf = (steps: readonly OrderStep[]): readonly string[] => [...new Set(steps.map(({ when }) => when))];

      expect(whenOf(engine.order([], made))).toEqual(['before']);
      expect(whenOf(engine.order(made, []))).toEqual(['after']);
      expect(engine.order(made, made)).toEqual([]);
      expect(engine.order([plain], [])).toEqual([]);
    },
    broken: { ...madeUp, order: () => [] },
  },
  {
    sentence: 'applies what lies where it follows an application, and nothing of another one or of the branch itself',
    keep: (engine) => {
      const paths = ['manifests/shop', 'manifests/shop-2', 'deploy/shop', 'deploy/shop-2', '.'].flatMap((folder) =>
        ['a.yaml', 'index.json', 'README.md'].map((file) => `${folder}/${file}`.replace('./', '')),
      );

      const applied = paths.filter((path) => engine.applies({ ...application, name: 'shop' }, path));
      expect(applied).not.toEqual([]);
      expect(applied.filter((path) => !path.includes('/shop/'))).toEqual([]);
    },
    broken: { ...madeUp, applies: () => true },
  },
  {
    sentence: 'keeps and makes anew nothing of which nobody said so',
    keep: (engine) => {
      expect([engine.keeps(plain), engine.remakes(plain)]).toEqual([false, false]);
    },
    broken: { ...madeUp, keeps: () => true },
  },
  {
    sentence: 'keeps what it is told to keep by its own mark',
    keep: (engine) => {
      const marked = { ...plain, metadata: { ...plain.metadata, annotations: engine.marks.kept } };

      expect(engine.keeps(marked)).toBe(true);
    },
    broken: { ...madeUp, marks: { ...madeUp.marks, kept: {} } },
  },
  {
    sentence: 'makes a job before a release anew, and nothing that is there before it',
    keep: (engine) => {
      const { beforeRelease, beforeJobs, ownTime } = engine.marks;
      const marked = (annotations: Readonly<Record<string, string>>): KubernetesObject => ({
        ...plain,
        metadata: { ...plain.metadata, annotations },
      });

      expect(engine.remakes(marked(beforeRelease))).toBe(true);
      expect([Object.keys(beforeJobs).length > 0, engine.remakes(marked(beforeJobs))]).toEqual([true, false]);
      expect(ownTime).toEqual(expect.arrayContaining(Object.keys(beforeJobs)));
    },
    broken: { ...madeUp, marks: { ...madeUp.marks, beforeRelease: madeUp.marks.beforeJobs } },
  },
  {
    sentence: 'opens nothing with an object that is not its own',
    keep: (engine) => {
      expect(engine.exposures(plain)).toEqual([]);
    },
    broken: { ...madeUp, exposures: () => [{ key: 'all', message: 'allows everything', whenCreated: true }] },
  },
  {
    sentence: 'speaks of its own kinds alone: those that it makes and watches',
    keep: (engine) => {
      const own = new Set([...madeBy(engine), ...madeBy(engine, reporting)].map((object) => kindOf(object)));
      const spoken = [
        ...Object.keys(engine.parameters),
        ...[...engine.references, ...engine.annotationReferences].map(({ from }) => from),
      ];

      expect(spoken.filter((kind) => !own.has(kind))).toEqual([]);
      expect(Object.keys(engine.words).filter((kind) => ![...own].some((each) => each.startsWith(kind)))).toEqual([]);
    },
    broken: { ...madeUp, parameters: { Deployment: ['spec.values'] } },
  },
  {
    sentence: 'owns what it makes, except what every cluster knows',
    keep: (engine) => {
      expect(madeBy(engine).filter((object) => engine.owns(object) === isOfEveryCluster(object))).toEqual([]);
      expect([engine.owns(plain), engine.owns({ apiVersion: 'apps/v1' })]).toEqual([false, false]);
      expect(engine.ownKinds).toContain(engine.watches(binding, application).kind);
    },
    broken: { ...madeUp, owns: () => true },
  },
  {
    sentence: 'lies where the environment says that it runs, with all of its kinds that it makes and watches',
    keep: (engine) => {
      const namespaces = [engine.namespaceOf(moved.environment), engine.watches(moved, application).namespace];
      const made = madeBy(engine, moved);
      const others = made.filter(isOfEveryCluster).map(({ metadata }) => metadata.namespace);

      expect(engine.namespaceOf(environment)).not.toBe('');
      expect(new Set([...namespaces, ...made.filter(engine.owns).map(({ metadata }) => metadata.namespace)])).toEqual(
        new Set(['platform-cd']),
      );
      expect(others.filter((name) => name !== 'platform-cd' && name !== environment.namespace)).toEqual([]);
    },
    broken: { ...madeUp, watches: () => madeUp.watches(binding, application) },
  },
  {
    sentence: 'says of each thing that it needs what is lacking where nothing is there, and what to type',
    keep: (engine) => {
      const needs = engine.needs(environment).flatMap((group) => group.needs);

      expect(needs.length).toBeGreaterThan(0);
      for (const { subject, anyOf, lack } of needs) {
        expect([subject, anyOf.length > 0]).toEqual([expect.stringMatching(/./), true]);
        expect(lack(undefined, 'kubectl --context test')?.next).toMatch(/^kubectl --context test /);
      }
    },
    broken: {
      ...madeUp,
      needs: () => [{ what: 'all', needs: [{ subject: 'it', anyOf: [], lack: () => undefined }] }],
    },
  },
  {
    sentence: 'looks for what it needs where it runs',
    keep: (engine) => {
      const asked = engine.needs(moved.environment).flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf));

      expect(asked.filter(({ namespace = 'platform-cd' }) => namespace !== 'platform-cd')).toEqual([]);
    },
    broken: { ...madeUp, needs: () => madeUp.needs(environment) },
  },
  {
    sentence: 'says how what it watches lets go of everything, in this cluster, and goes itself in the end',
    keep: (engine) => {
      const watched = engine.watches(moved, application);
      const lines = engine.letGo(watched, 'kubectl --context test');
      const here = `kubectl --context test -n platform-cd `;

      expect(lines.filter((line) => !line.startsWith(here) || !line.includes(watched.name))).toEqual([]);
      expect(lines.at(-1)).toContain(` delete ${watched.kind.toLowerCase()} ${watched.name}`);
    },
    broken: { ...madeUp, letGo: () => [] },
  },
  {
    sentence:
      'says how what it watches leaves the cluster alone, and how it goes on, in one line each that deletes nothing',
    keep: (engine) => {
      const watched = engine.watches(moved, application);
      const { suspend, resume } = engine.suspension(watched, 'kubectl --context test');
      const here = new RegExp(
        `^kubectl --context test -n platform-cd (patch|annotate) \\S*${watched.kind.toLowerCase()}\\S* `,
      );

      expect(suspend).not.toBe(resume);
      for (const line of [suspend, resume]) {
        expect(line).toMatch(here);
        expect(line.split(' ')).toContain(watched.name);
        expect(line).not.toMatch(/\n| delete /);
      }
    },
    broken: {
      ...madeUp,
      suspension: (watched, kubectl) => madeUp.suspension({ ...watched, name: 'another' }, kubectl),
    },
  },
  {
    sentence: 'takes a Secret for its key where it runs, and no other',
    keep: (engine) => {
      const here = engine.namespaceOf(environment);

      expect(engine.repositorySecret(binding, readerIn(here, engine))).toBeDefined();
      expect(engine.repositorySecret(moved, readerIn('platform-cd', engine))).toBeDefined();
      expect(engine.repositorySecret(moved, readerIn(here, engine))).toBeUndefined();
      expect(engine.repositorySecret(binding, { ...readerIn(here, engine), purpose: 'database' })).toBeUndefined();
    },
    broken: { ...madeUp, repositorySecret: (_, credential) => madeUp.repositorySecret(binding, credential) },
  },
  {
    sentence: 'finds its key as it says that it must be, and says why it does not find another',
    keep: (engine) => {
      const secret = engine.repositorySecret(binding, readerIn(engine.namespaceOf(environment), engine));
      const { labels = {}, fields = {}, unfound = () => [] } = secret ?? {};

      expect(unfound(secretWith(labels, { ...fields, [engine.sshKey]: 'a' }))).toEqual([]);
      expect(unfound(secretWith({}, {}))).toEqual([
        { message: expect.stringMatching(/^\S/) as unknown, line: expect.stringContaining(' reader') as unknown },
      ]);
    },
    broken: {
      ...madeUp,
      repositorySecret: (...given) => {
        const secret = madeUp.repositorySecret(...given);
        return secret === undefined ? undefined : { ...secret, unfound: () => [] };
      },
    },
  },
  {
    sentence: 'shows what its key opens, and nothing of any other Secret',
    keep: (engine) => {
      const secret = engine.repositorySecret(binding, readerIn(engine.namespaceOf(environment), engine));
      const shown = engine.shownKeys(secretWith(secret?.labels ?? {}, {}));

      expect(shown.filter((key) => !(key in { ...secret?.fields, ...secret?.limits }))).toEqual([]);
      expect(engine.shownKeys(secretWith({}, {}))).toEqual([]);
    },
    broken: { ...madeUp, shownKeys: () => ['password'] },
  },
  {
    sentence: 'gives its checks names of their own',
    keep: ({ checks }) => {
      expect(checks.filter(({ name }) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
      expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
    },
    broken: { ...madeUp, checks: [{ name: 'Followed' }] },
  },
);

/** An engine that says something else each time. */
function counting(): EnginePlugin {
  let count = 0;
  return {
    ...madeUp,
    bootstrap: (...given) => madeUp.bootstrap(...given).map((made) => ({ ...made, id: `${made.id}-${(count += 1)}` })),
  };
}
