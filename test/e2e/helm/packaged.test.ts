import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chartFiles, jobOf, packaging, realHelm, runJob } from '../../builders/github-actions/packaging.ts';
import { temporaryFolder } from '../../support/git.ts';

describe('the generated job, with the real Helm and a registry', () => {
  let registry: ChildProcess;
  let repository = '';

  beforeAll(async () => {
    registry = spawn(process.execPath, [path.resolve('test/e2e/helm/registry.mjs'), temporaryFolder()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await new Promise<string>((resolve) => {
      registry.stdout?.once('data', (data: Buffer) => {
        resolve(data.toString().trim());
      });
    });
    repository = `127.0.0.1:${port}/charts/search`;
  });

  afterAll(() => {
    registry.kill();
  });

  const run = (version: string | undefined, files = chartFiles) =>
    runJob(jobOf(packaging(repository), version), files, realHelm());
  const changed = (file: string, change: (text: string) => string) => ({
    ...chartFiles,
    [`charts/search/${file}`]: change(chartFiles[`charts/search/${file}`] ?? ''),
  });
  const digestThere = async (version: string): Promise<string | null> => {
    const answer = await fetch(`http://${repository.replace('/', '/v2/')}/manifests/${version}`);
    return answer.headers.get('docker-content-digest');
  };

  test('packages, lints, renders and pushes a chart, and hands on the digest that the registry has of it', async () => {
    const { status, digest, said } = run('1.2.0');

    expect({ status, said }).toMatchObject({ status: 0 });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await digestThere('1.2.0')).toBe(digest);
  });

  test('makes a version once: of the same files nothing is pushed again, and other files are refused', async () => {
    const first = await digestThere('1.2.0');

    expect(run('1.2.0')).toMatchObject({ status: 0, digest: first });
    expect(
      run(
        '1.2.0',
        changed('values.yaml', (text) => `${text}more: 1\n`),
      ).summary,
    ).toContain('is there already, made of other files, and a version is never made twice');
    expect(await digestThere('1.2.0')).toBe(first);
  });

  test.each([
    ['another version of the image', changed('values.yaml', () => 'tag: 1.1.9\n'), 'runs ghcr.io/acme/search:1.1.9'],
    [
      'a template that is no YAML',
      changed('templates/deployment.yaml', (text) => text.replace('kind: Deployment', 'kind: [')),
      'is not what helm lint --strict wants',
    ],
    [
      'values that its schema refuses',
      { ...chartFiles, 'charts/search/values.schema.json': '{"properties":{"message":{"type":"integer"}}}' },
      'is not what helm lint --strict wants',
    ],
    [
      'a dependency that nobody pinned',
      changed(
        'Chart.yaml',
        (text) => `${text}dependencies: [{ name: other, version: 1.0.0, repository: "oci://127.0.0.1:1/charts" }]\n`,
      ),
      '',
    ],
  ])('fails for %s, and nothing is pushed', async (_, files, sentence) => {
    const { failed, summary } = run('1.3.0', files);

    expect(failed).toBe('Package search-chart, lint and render it');
    expect(summary).toContain(sentence);
    expect(await digestThere('1.3.0')).toBeNull();
  });

  test('fails where the registry does not answer', () => {
    const elsewhere = jobOf(packaging('127.0.0.1:1/charts/search'), '1.4.0');

    expect(runJob(elsewhere, chartFiles, realHelm()).summary).toContain('has version 1.4.0 already cannot be told');
  });

  test('tries what nobody merged, and pushes nothing', async () => {
    expect(run(undefined)).toMatchObject({ status: 0 });
    expect(await digestThere('0.0.0')).toBeNull();
  });
});
