import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(180_000);

/** A Helm that has every chart, and makes a Deployment of it that holds its values; in one namespace they do not fit its schema. */
const helm = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const option = (name) => args[args.indexOf(name) + 1];
const asked = args.slice(0, 2).join(' ');
if (args[0] === 'version') console.log('v3.19.0');
if (args[0] === 'pull') {
  writeFileSync(option('--destination') + '/podinfo.tgz', 'a chart');
  console.log('Digest: ' + args[1].split('@')[1]);
}
if (asked === 'show chart') console.log('version: 1.1.4\\nappVersion: 1.1.4');
if (args[0] === 'template' && args[1].startsWith(process.env.UNFIT ?? 'nothing')) {
  console.error("Error: values don't meet the specifications of the schema(s) in the following chart(s):\\npodinfo:\\n- at '/replicaCount': got number, want string");
  process.exit(1);
}
if (args[0] === 'template') {
  const metadata = { name: args[1], annotations: { values: readFileSync(option('--values'), 'utf8') } };
  const containers = [{ image: 'ghcr.io/acme/podinfo:1.1.4' }];
  console.log(JSON.stringify({ apiVersion: 'apps/v1', kind: process.env.MAKES ?? 'Deployment', metadata, spec: { containers } }));
}
`;

const copy = new ProjectCopy('podinfo');
const tools = temporaryFolder();
writeFileSync(join(tools, 'helm'), helm);
chmodSync(join(tools, 'helm'), 0o755);

/** Checks the example with a Helm that is told how to answer. */
async function checked(env: Readonly<Record<string, string>>) {
  const line = `node ${resolve('bin/portolan.cjs')} check --charts`;
  const [plain, json] = [
    await copy.runShell(`PATH="${tools}:$PATH" ${line}`, { env }),
    await copy.runShell(`PATH="${tools}:$PATH" ${line} --json`, { env }),
  ];
  const { problems = [] } = JSON.parse(json.stdout) as {
    problems?: readonly { path: string; message: string; also?: readonly string[] }[];
  };
  return { code: plain.code, said: plain.stdout + plain.stderr, problems };
}

test('check --charts passes where what each chart makes is declared, and says how many it tried', async () => {
  const { code, said, problems } = await checked({});

  expect(said).toContain('charts that engines render: 4 tried');
  expect({ code, problems }).toEqual({ code: 0, problems: [] });
});

test('check --charts fails for values that do not fit, and once for a kind that no environment declares', async () => {
  const unfit = await checked({ UNFIT: 'podinfo' });
  const undeclared = await checked({ MAKES: 'StatefulSet' });

  expect(unfit.code).toBe(1);
  expect(unfit.problems).toEqual([
    {
      path: 'environments.dev-test.applications.podinfo.helmCharts.podinfo.values',
      message: "do not fit the schema of the chart: podinfo: - at '/replicaCount': got number, want string",
      also: ['uat', 'stg', 'prod'],
    },
  ]);
  expect(undeclared.code).toBe(1);
  expect(undeclared.said).toContain('lack StatefulSet.apps, which its engine would be refused');
  expect(undeclared.problems).toHaveLength(1);
});

test('check without --charts asks no Helm', async () => {
  const { code, stdout } = await copy.runShell(`PATH="${tools}:$PATH" node ${resolve('bin/portolan.cjs')} check`, {
    env: { UNFIT: 'podinfo' },
  });

  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Nothing to mend.') });
});

test('verify --charts holds the chart of a branch to the values that it is to run with', async () => {
  const program = `node ${resolve('bin/portolan.cjs')}`;
  const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
    copy.runShell(`PATH="${tools}:$PATH" ${program} ${line}`, { env });
  await run('start');

  const fits = await run('verify dev-test --charts');
  const unfit = await run('verify dev-test --charts', { UNFIT: 'podinfo' });
  const others = await run('verify dev --charts', { UNFIT: 'podinfo' });

  expect([fits, unfit, others].map(({ code }) => code)).toEqual([0, 1, 0]);
  expect(fits.stdout + fits.stderr).toContain('charts that the engine renders in dev-test: 1 tried');
  expect(unfit.stdout + unfit.stderr).toContain('helmCharts.podinfo.values: do not fit the schema of the chart');
  expect(others.stdout + others.stderr).toContain('charts that the engine renders in dev: 0 tried');
});
