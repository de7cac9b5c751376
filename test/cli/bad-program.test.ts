import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(300_000);

/** project.ts with one fault more, which the variable FAULT chooses. */
const withFaults = (text: string): string => `${text.replace('export default function project(', 'function project(')}
type Fault = (delivery: Delivery) => Delivery;
const inProduction = (change: (environment: Environment) => Environment): Fault => (delivery) => ({
  ...delivery,
  environments: delivery.environments.map((it) => (it.name === 'production' ? change(it) : it)),
});
const inApplication = (change: (application: Application) => Application): Fault => inProduction((it) => ({ ...it, applications: it.applications.map(change) }));
const inService = (name: string, change: (service: Service) => Service): Fault =>
  inApplication((it) => ({ ...it, services: it.services.map((service) => (service.name === name ? change(service) : service)) }));
const withImage = (image: string): Fault => inService('nats', (it) => ({ ...it, containers: it.containers.map((container) => ({ ...container, image })) }));
const connectedTo = (service: string, port: string): Fault => inService('broadcaster', (it) => ({ ...it, connects: [...(it.connects ?? []), connectsTo(service, port)] }));
const backedUp = (schedule: string): Fault =>
  inApplication((it) => ({ ...it, databases: (it.databases ?? []).map((database) => ({ ...database, ...(database.backup === undefined ? {} : { backup: { ...database.backup, schedule } }) })) }));
const faults: Readonly<Record<string, Fault>> = {
  none: (delivery) => delivery,
  'an image without a tag': withImage('nats'),
  'an image that is latest': withImage('nats:latest'),
  'a release that is latest': (it) => ({ ...it, initialReleases: { ...it.initialReleases, production: initialRelease('arkb2023', 'latest', { gitTag: 'v4.9.9' }) } }),
  'a name with a capital': inService('broadcaster', (it) => ({ ...it, names: { workload: 'Broadcaster_Dep' } })),
  'a name that is too long': inService('broadcaster', (it) => ({ ...it, names: { workload: 'b'.repeat(60) } })),
  'the namespace of another environment': inProduction((it) => ({ ...it, namespace: 'staging' })),
  'the prefix of another environment': inProduction((it) => ({ ...it, namePrefix: 'staging-' })),
  'the path of another environment': inProduction((it) => ({ ...it, pathPrefix: '/staging' })),
  'a connection to no service': connectedTo('todo-backened', 'http'),
  'a connection to no port': connectedTo('todo-backend', 'htp'),
  'the password of no database': inService('broadcaster', (it) => ({ ...it, containers: it.containers.map((container) => ({ ...container, env: { ...container.env, DB_PASSWORD: fromDatabase('postgres', 'password') } })) })),
  'a backup at no time': backedUp('every night'),
  'a backup at an hour that there is not': backedUp('0 25 * * *'),
  'an error of its own': () => { throw new Error('not my day'); },
};
export default function faultyProject(settings: Settings): Delivery {
  const fault = faults[process.env['FAULT'] ?? 'none'];
  if (fault === undefined) throw new Error('there is no such fault');
  return fault(project(settings));
}
`;

const application = 'environments.production.applications.the-project';
const refusals: readonly (readonly [fault: string, ...problems: readonly string[]])[] = [
  [
    'an image without a tag',
    `${application}.services.nats.containers.nats.image: must name a tag or a digest, e.g. "nginx:1.29.3", got "nats"`,
  ],
  [
    'an image that is latest',
    `${application}.services.nats.containers.nats.image: must not be latest, which is another image tomorrow; name a version, e.g. "nginx:1.29.3", got "nats:latest"`,
  ],
  [
    'a release that is latest',
    ...['todo-backend', 'todo-app', 'broadcaster'].map(
      (image) =>
        `initialReleases.production.images.${image}.tag: names another image tomorrow; write the tag that its build got, or add its digest, got "latest"`,
    ),
  ],
  [
    'a name with a capital',
    `${application}.services.broadcaster: the name of a Deployment must be lower-case letters, digits and dashes, got "production-Broadcaster_Dep"`,
  ],
  [
    'a name that is too long',
    `${application}.services.broadcaster: the name of a Deployment may have 63 characters and has 71; shorten it, got "production-${'b'.repeat(60)}"`,
  ],
  [
    'the path of another environment',
    'environments.production.pathPrefix: is that of staging too, on the same cluster; give each environment its own, got "/staging"',
  ],
  [
    'the prefix of another environment',
    `${application}.services.todo-backend.configs.todo-backend-config.DB_HOST: the program looks for postgresql-db behind "production-", so environments.production.namePrefix must be that, or write host, got "staging-"`,
    'environments.production.namePrefix: is that of staging too, on the same cluster; give each environment its own, got "staging-"',
    `${application}.claims.local-pv-claim.local.volume: makes the same PersistentVolume as environments.staging.applications.the-project.claims.local-pv-claim.local, and the cluster has one of a name, got "staging-local-pv"`,
  ],
  [
    'a connection to no service',
    `${application}.services.broadcaster.connects[2]: there is no service or database of this name; write "todo-backend", got "todo-backened"`,
  ],
  [
    'a connection to no port',
    `${application}.services.broadcaster.connects[2]: todo-backend has no port of this name; write "http", got "htp"`,
  ],
  [
    'the password of no database',
    `${application}.services.broadcaster.containers.broadcaster.env.DB_PASSWORD: there is no database of this name; write "postgresql-db", got "postgres"`,
  ],
  [
    'a backup at no time',
    `${application}.databases.postgresql-db.backup.schedule: must be a cron expression of five fields, e.g. "0 2 * * *", got "every night"`,
  ],
  [
    'a backup at an hour that there is not',
    `${application}.databases.postgresql-db.backup.schedule: must be a cron expression, and its hour is not one: write 0 to 23, with * , - and / alone, got "0 25 * * *"`,
  ],
];

describe('a program with', () => {
  let copy: ProjectCopy;
  let before: ReturnType<ProjectCopy['state']>;
  const answers = new Map<string, Answer>();
  /** Line and column of what throws. */
  const lineOf = (text: string): string => {
    const lines = copy.read('project.ts').split('\n');
    const line = lines.findIndex((it) => it.includes(text));
    return `${line + 1}:${(lines[line]?.indexOf('new Error') ?? 0) + 1}`;
  };
  const start = (fault: string): Promise<Answer> => copy.run(['start'], { env: { FAULT: fault } });

  beforeAll(async () => {
    copy = new ProjectCopy();
    copy.edit('project.ts', withFaults);
    copy.commit('Faults');
    expect(await start('none')).toMatchObject({ code: 0 });
    expect(await copy.run(['synth'])).toMatchObject({ code: 0 });
    before = copy.state();
    for (let i = 0; i < refusals.length; i += 2)
      await Promise.all(refusals.slice(i, i + 2).map(async ([fault]) => answers.set(fault, await start(fault))));
  });

  test.each(refusals)('fails: %s', (fault, ...problems) => {
    const { code, stdout, stderr = '' } = answers.get(fault) ?? {};

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    expect(copy.plain(stderr)).toBe(
      `  ✖ read project.ts and the stack files (TIME)\nportolan: the delivery is not valid (${count})\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
    );
  });

  test('any of these changes nothing', () => {
    expect(copy.state()).toEqual(before);
  });

  test('fails: the namespace of another environment, and everything that would meet there', async () => {
    const { code, stderr } = await start('the namespace of another environment');

    expect(code).toBe(1);
    expect(stderr).toContain(
      '\n  environments.production.namespace: is that of staging too, on the same cluster; give each environment its own, got "staging"\n',
    );
    expect(stderr).toContain(
      `\n  environments.staging.applications.the-project.services.todo-app.selector: selects the pods of ${application}.services.todo-app too; give them different labels, or namespaces, got "app=todo-app"\n`,
    );
    expect(copy.state()).toEqual(before);
  });

  test('fails: an error of its own, with the line of project.ts that threw it', async () => {
    const { code, stdout, stderr } = await start('an error of its own');
    expect({ code, stdout, stderr: copy.plain(stderr) }).toEqual({
      code: 1,
      stdout: '',
      stderr: `  ✖ read project.ts and the stack files (TIME)
portolan: the program is not valid (1 problem)
  project.ts:${lineOf('not my day')}: throws Error: not my day; mend it there; "npx tsc" says what the types know of it
`,
    });
    expect(copy.state()).toEqual(before);
  });

  test('fails: an error of its own, as one JSON value where that was asked for', async () => {
    const { code, stdout } = await copy.run(['check', '--json'], { env: { FAULT: 'an error of its own' } });

    expect({ code, stdout: JSON.parse(stdout) as unknown }).toEqual({
      code: 1,
      stdout: {
        error: expect.stringContaining('throws Error: not my day') as unknown,
        problems: [
          {
            path: `project.ts:${lineOf('not my day')}`,
            message: 'throws Error: not my day; mend it there; "npx tsc" says what the types know of it',
          },
        ],
      },
    });
  });
});

const signature = 'must end with "export default function project(settings: Settings): Delivery { … }"';

describe('a project.ts', () => {
  test.each([
    ['that is empty', '', 'project.ts', signature],
    ['that exports data', 'export default {};\n', 'project.ts', signature],
    [
      'that forgot to return',
      '// Nothing.\nexport default function project() {}\n',
      'project.ts:2',
      'its default function must return the delivery',
    ],
    [
      'that is async',
      '// Reads a file.\nexport default async function project() { throw new Error("late"); }\n',
      'project.ts:2',
      'its default function must not be async, because it reads nothing but the settings; write "export default function", and no await in it',
    ],
    [
      'that names what there is not',
      'const replicas = 2;\nexport default function project() { return { name: replica }; }\n',
      'project.ts:2:52',
      'throws ReferenceError: replica is not defined; mend it there; "npx tsc" says what the types know of it',
    ],
    [
      'that breaks before its function is called',
      'const hosts = undefined;\nconst host = hosts.first;\nexport default function project() { return { host }; }\n',
      'project.ts:2:20',
      'throws TypeError: Cannot read properties of undefined (reading \'first\'); mend it there; "npx tsc" says what the types know of it',
    ],
    [
      'that throws a text',
      "export default function project() { throw 'not today'; }\n",
      'project.ts',
      'throws not today; mend it there; "npx tsc" says what the types know of it',
    ],
  ])('fails: %s', async (_, text, place, said) => {
    const copy = new ProjectCopy();
    copy.write('project.ts', text);
    // What the todo system declares, and none of these do; where there is no function, that is told and nothing else.
    for (const stack of said === signature ? [] : ['platform', 'production', 'staging'])
      copy.edit(`Pulumi.${stack}.yaml`, (file) =>
        file.replaceAll(/^ +portolan:(?:registryOwner|nodeName|nodeFolder): .*\n/gm, ''),
      );

    const { code, stdout, stderr } = await copy.run(['check']);

    expect({ code, stdout, stderr: copy.plain(stderr).replace('  ✖ rules of the model (TIME)\n', '') }).toEqual({
      code: 1,
      stdout: '',
      stderr: `portolan: the program is not valid (1 problem)\n  ${place}: ${said}\n`,
    });
  });

  test('fails: that is no TypeScript, with its place, as JSON too', async () => {
    const copy = new ProjectCopy();
    copy.write('project.ts', 'export default function project() {\n  return { name: };\n}\n');
    const said =
      'portolan: project.ts:2:18: Unexpected "}"\n  next: mend it there; "npx tsc" says the same of every file';

    const { code, stdout, stderr } = await copy.run(['check', '--json']);

    expect({ code, stdout: JSON.parse(stdout) as unknown, stderr }).toEqual({
      code: 1,
      stdout: { error: said },
      stderr: `${said}\n`,
    });
  });

  test('fails: that is a folder', async () => {
    const copy = new ProjectCopy();
    rmSync(join(copy.folder, 'project.ts'));
    copy.write('project.ts/index.ts', '');

    expect(await copy.run(['check'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'portolan: project.ts is a folder; it must be a file that says what is delivered\n  next: move the folder aside; "git checkout project.ts" brings a lost file back\n',
    });
  });

  test('fails: that is gone', async () => {
    const copy = new ProjectCopy();
    rmSync(join(copy.folder, 'bin'));
    cpSync(resolve('bin'), join(copy.folder, 'bin'), { recursive: true });
    rmSync(join(copy.folder, 'project.ts'));

    expect(await copy.run(['status'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'portolan: there is no project.ts, which says what is delivered, in this folder or one above it\n  next: go to the folder of a project, or begin one: npx portolan init DIR; "git checkout project.ts" brings a lost one back\n',
    });
  });
});
