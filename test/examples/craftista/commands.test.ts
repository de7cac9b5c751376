import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../support/api-server.ts';
import { ProjectCopy } from '../../support/project-copy.ts';
import '../../support/patience.ts';

const copy = new ProjectCopy('craftista');
let cluster: ApiServer;
let env: Readonly<Record<string, string>>;

/** Runs a line of a person, with the launcher of this repository, as the example's own dependency is. */
async function typed(line: string): Promise<{ readonly code: number | null; readonly text: string }> {
  const { code, stdout, stderr } = await copy.runShell(`node ${resolve('bin/portolan.mjs')} ${line}`, { env });
  return { code, text: copy.plain(stdout + stderr) };
}

beforeAll(async () => {
  cluster = await ApiServer.start([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } }]);
  env = { KUBECONFIG: cluster.kubeconfig(['craftista']) };
  expect(await typed('start')).toMatchObject({ code: 0, text: expect.stringContaining('publish tools: env/tools') });
});

afterAll(() => cluster.stop());

describe('the commands, in the example', () => {
  test.each([
    ['diff tools --exit-code', 'tools: no manifest changes'],
    ['verify prod', 'prod/voting at COMMIT is what this program renders for 1.0.1.'],
    ['status staging --no-cluster', 'branch    app/staging/catalogue-db at COMMIT, as this program renders it'],
    ['history dev', 'voting: 1.0.1  by ann'],
    ['workflows --write', 'wrote  .github/workflows/portolan-publish-program.yaml'],
    ['hold dev --application voting --reason "a look"', 'Automation leaves dev/voting alone until'],
    ['unhold dev --application voting', 'Automation may change dev/voting again.'],
    [
      'promote dev --application voting --image voting=nitheesh86/microservice-voting:1.1.0 --no-resolve --allow-older',
      'promote to dev/voting: app/dev/voting updated',
    ],
    ['rollback dev --application voting', 'dev/voting: 1.1.0 → 1.0.1'],
  ])('do there what they do elsewhere: portolan %s', async (line, said) => {
    expect(await typed(line)).toEqual({ code: 0, text: expect.stringContaining(said) });
  });

  test('fails, in a cluster without Kargo, with what is missing and the lines that install it', async () => {
    const { code, text } = await typed('doctor tools');

    expect(code).toBe(1);
    expect(text).toContain('Kargo 1.11 or later: the cluster does not know Promotion');
    expect(text).toMatch(/kubectl --context craftista apply -f https:\S+\/cert-manager\.yaml/);
    expect(text).toMatch(/helm --kube-context craftista upgrade --install kargo oci:\S+ --version 1\.11\.\d/);
  });
});
