import { expect } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { backupPodLabels, restoreDrillPodLabels } from '../../src/constructs/database-pods.ts';
import type { Place } from '../../src/constructs/place.ts';
import { databaseConstructs } from '../../src/databases/database-constructs.ts';
import type { DatabasePlugin } from '../../src/databases/database.ts';
import { everyDatabase } from '../../src/databases/databases.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Backup, Database } from '../../src/model/database.ts';
import { databaseNames, selectorOf } from '../../src/model/names.ts';
import { ObjectIndex } from '../../src/objects/object-index.ts';
import { serversOf } from '../../src/objects/pods/database-servers.ts';
import { isWithin } from '../../src/model/formats/folder.ts';
import { foundAt, type Check } from '../../src/objects/check.ts';
import { placesOf, textMapOf, valueAt } from '../../src/objects/fields.ts';
import { objectsOf, placeWith } from '../constructs/synthesize.ts';
import { findings, rendered } from '../review/checks/small-objects.ts';
import { contract } from '../support/contract.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** A face, and what it draws. */
interface Drawn {
  readonly kind: string;
  readonly face: DatabasePlugin;
  readonly Server: new (scope: Construct, id: string, props: ServerProps) => Construct;
  readonly Backup: new (scope: Construct, id: string, props: ServerProps & { readonly backup: Backup }) => Construct;
}

interface ServerProps {
  readonly place: Place;
  readonly database: Database;
}

const backedUp = validDelivery().environments[1]!.applications[0]!.databases![0]!;
const place = placeWith({ databases: [backedUp] });
const names = databaseNames(place.environment, backedUp);
const jobNames = [names.backupJob, names.restoreDrill];
const secretName = 'dev-orders-db-secret';

const serverOf = ({ Server }: Drawn): readonly KubernetesObject[] =>
  objectsOf((scope) => new Server(scope, 'server', { place, database: backedUp }));
const backupOf = ({ Backup }: Drawn): readonly KubernetesObject[] =>
  objectsOf((scope) => new Backup(scope, 'backup', { place, database: backedUp, backup: backedUp.backup! }));
const indexOf = (objects: readonly KubernetesObject[]): ObjectIndex =>
  new ObjectIndex(
    objects.map((object) => rendered(object)),
    'dev',
  );
const ofKind = (objects: readonly KubernetesObject[], kind: string): readonly KubernetesObject[] =>
  objects.filter((object) => object.kind === kind);

/** What a made-up database draws; each field is one thing that can be wrong with it. */
interface Made {
  readonly host?: string;
  readonly claim?: string;
  readonly password?: object;
  readonly variable?: string;
  readonly dumps?: object;
  readonly jobs?: readonly string[];
  readonly image?: string;
  readonly folder?: string;
}

function drawing({ host = names.service, claim = names.claimTemplate, dumps, jobs = jobNames, ...made }: Made): Drawn {
  const { image = 'made-up', folder = '/data/made-up' } = made;
  const { password = { secretKeyRef: { name: secretName, key: 'password' } }, variable = 'MADE_UP_DB' } = made;
  const pods = (labels: object, spec: object): object => ({ metadata: { labels }, spec });
  const add = (scope: Construct, kind: string, name: string, spec: object): void => {
    new ApiObject(scope, `${kind}-${name}`, { apiVersion: 'v1', kind, metadata: { name, namespace: 'dev' }, spec });
  };
  return {
    kind: 'postgresql',
    face: {
      kind: 'postgresql',
      title: 'Made Up',
      images: [image],
      dataFolder: () => folder,
      ownVolume: () => undefined,
      firstContents: { MADE_UP_DB: 'database' },
      backupJobs: (_, { backup }) =>
        backup === undefined
          ? []
          : jobs.map((name) => ({ name, schedule: backup.schedule, without: 'nothing is backed up' })),
      checks: [],
    },
    Server: class extends Construct {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        add(this, 'Service', host, { selector: selectorOf(backedUp) });
        add(this, 'StatefulSet', names.workload, {
          template: pods(selectorOf(backedUp), {
            containers: [
              {
                name: 'server',
                image: 'made-up:1',
                volumeMounts: [{ name: claim, mountPath: '/data' }],
                env: [
                  { name: variable, value: 'orders' },
                  { name: 'PASSWORD', valueFrom: password },
                ],
              },
            ],
          }),
          volumeClaimTemplates: [{ metadata: { name: claim } }],
        });
      }
    },
    Backup: class extends Construct {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        add(this, 'PersistentVolumeClaim', names.backupClaim, {});
        for (const [name, labels] of [
          [names.backupJob, dumps ?? backupPodLabels(backedUp)],
          [names.restoreDrill, restoreDrillPodLabels(backedUp)],
        ] as const)
          add(this, 'CronJob', name, { jobTemplate: { spec: { template: pods(labels, {}) } } });
      }
    },
  };
}

const madeUp = drawing({});
const unhappy: Check = {
  name: 'servers',
  inObject: (rendered, report) => {
    report(foundAt(rendered, 'spec', 'no server is right'));
  },
};

/** Names of the variables of every container, also those that a ConfigMap beside it sets. */
function variablesIn(objects: readonly KubernetesObject[]): readonly string[] {
  const written = ofKind(objects, 'StatefulSet').flatMap(({ spec }) =>
    placesOf(valueAt(spec, 'template', 'spec', 'containers'), '').flatMap(({ fields }) =>
      placesOf(fields['env'], '').map((variable) => String(variable.fields['name'])),
    ),
  );
  return [...written, ...ofKind(objects, 'ConfigMap').flatMap(({ data }) => Object.keys(textMapOf(data)))];
}

contract<Drawn>('a database', {
  faces: everyDatabase.map((face) => ({ kind: face.kind, face, ...databaseConstructs[face.kind] })),
  madeUp,
  promises: [
    {
      sentence: 'answers at the host that services are told, with the pods that network policies select',
      keep: (drawn) => {
        const [service, ...others] = ofKind(serverOf(drawn), 'Service');

        expect(others).toEqual([]);
        expect(service?.metadata.name).toBe(names.service);
        expect(valueAt(service?.['spec'], 'selector')).toEqual(selectorOf(backedUp));
      },
      broken: drawing({ host: 'somewhere-else' }),
    },
    {
      sentence: 'keeps its data in the claim of the name that a restore and a check look for',
      keep: (drawn) => {
        const [server] = ofKind(serverOf(drawn), 'StatefulSet');
        const claims = placesOf(valueAt(server?.['spec'], 'volumeClaimTemplates'), '');

        expect(server?.metadata.name).toBe(names.workload);
        expect(claims.map(({ fields }) => valueAt(fields, 'metadata', 'name'))).toEqual([names.claimTemplate]);
      },
      broken: drawing({ claim: 'another-disk' }),
    },
    {
      sentence: 'reads its password from the Secret of its credential',
      keep: (drawn) => {
        const secrets = [
          ...JSON.stringify(serverOf(drawn)).matchAll(/"secretKeyRef":\{"key":"[^"]+","name":"([^"]+)"\}/g),
        ];

        expect(new Set(secrets.map(([, name]) => name))).toEqual(new Set([secretName]));
      },
      broken: drawing({ password: { secretKeyRef: { key: 'password', name: 'another' } } }),
    },
    {
      sentence: 'has the pods of its dumps and of its drill labelled as network policies know them, and no other jobs',
      keep: (drawn) => {
        const labels = ofKind(backupOf(drawn), 'CronJob').map(({ spec }) =>
          JSON.stringify(valueAt(spec, 'jobTemplate', 'spec', 'template', 'metadata', 'labels')),
        );

        expect(new Set(labels)).toEqual(
          new Set([JSON.stringify(backupPodLabels(backedUp)), JSON.stringify(restoreDrillPodLabels(backedUp))]),
        );
      },
      broken: drawing({ dumps: selectorOf(backedUp) }),
    },
    {
      sentence:
        'says of each CronJob of its backups what is not done without it, and of none where nothing is backed up',
      keep: (drawn) => {
        const { backup: _, ...unsaved } = backedUp;
        const jobs = drawn.face.backupJobs(place.environment, backedUp);

        expect(jobs.map(({ name }) => name)).toEqual(
          ofKind(backupOf(drawn), 'CronJob')
            .map(({ metadata }) => metadata.name)
            .filter((name) => name !== names.restore),
        );
        expect(jobs.filter(({ without }) => !/^[a-z].*[^.]$/.test(without))).toEqual([]);
        expect(drawn.face.backupJobs(place.environment, unsaved)).toEqual([]);
      },
      broken: drawing({ jobs: [names.backupJob] }),
    },
    {
      sentence: 'knows its own server by the image',
      keep: (drawn) => {
        const objects = indexOf(serverOf(drawn));
        const servers = serversOf(objects, new Set(drawn.face.images));

        expect(servers.map(({ workload }) => workload.name)).toEqual([names.workload]);
      },
      broken: drawing({ image: 'another' }),
    },
    {
      sentence: 'says where its server keeps its data: in the claim',
      keep: (drawn) => {
        const objects = indexOf(serverOf(drawn));
        const [server] = objects.workloads.flatMap((workload) =>
          workload.running.map((container) => ({ workload, container, program: drawn.face.images[0] ?? '' })),
        );
        const folder = drawn.face.dataFolder(server!, objects) ?? '';
        const holding = placesOf(server!.container.fields['volumeMounts'], '').filter(({ fields }) =>
          isWithin(folder, String(fields['mountPath'])),
        );

        expect(holding.map(({ fields }) => fields['name'])).toEqual([names.claimTemplate]);
      },
      broken: drawing({ folder: '/tmp' }),
    },
    {
      sentence: 'says of no variable that it makes something once which its server is not given',
      keep: (drawn) => {
        const given = variablesIn(serverOf(drawn));

        expect(Object.keys(drawn.face.firstContents).filter((variable) => !given.includes(variable))).toEqual([]);
      },
      broken: drawing({ variable: 'ANOTHER_DB' }),
    },
    {
      sentence: 'is right for every check of its own face, each with a name of its own',
      keep: (drawn) => {
        const { checks } = drawn.face;

        expect(checks.flatMap((check) => findings(check, serverOf(drawn)))).toEqual([]);
        expect(checks.map(({ name }) => name).filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
      },
      broken: { ...madeUp, face: { ...madeUp.face, checks: [unhappy] } },
    },
  ],
});
