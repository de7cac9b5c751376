import { describe, expect, test } from '@jest/globals';
import { revisionSaid } from '../../../src/ops/registry/revision-said.ts';

const commit = 'c'.repeat(40);
const label = { 'org.opencontainers.image.revision': commit };
const documents =
  (found: Readonly<Record<string, unknown>>) =>
  async (path: string): Promise<unknown> =>
    Promise.resolve(found[path] ?? {});

describe('the commit that an image says it was built from', () => {
  test('is a label of its configuration', async () => {
    const read = documents({
      'manifests/v1': { config: { digest: 'sha256:1' } },
      'blobs/sha256:1': { config: { Labels: label } },
    });

    expect(await revisionSaid('v1', read)).toBe(commit);
  });

  test('is that of its first platform, and not of what attests it', async () => {
    const read = documents({
      'manifests/v1': {
        manifests: [
          { digest: 'sha256:a', platform: { os: 'unknown' } },
          { digest: 'sha256:b', platform: { os: 'linux' } },
        ],
      },
      'manifests/sha256:a': { annotations: { 'org.opencontainers.image.revision': 'd'.repeat(40) } },
      'manifests/sha256:b': { config: { digest: 'sha256:1' } },
      'blobs/sha256:1': { config: { Labels: label } },
    });

    expect(await revisionSaid('v1', read)).toBe(commit);
  });

  test('is an annotation of its manifest', async () => {
    expect(await revisionSaid('v1', documents({ 'manifests/v1': { annotations: label } }))).toBe(commit);
  });

  test('is what buildpacks write of the source, unless a label says it', async () => {
    const project = (text: string) => ({ 'io.buildpacks.project.metadata': text });
    const said = JSON.stringify({
      source: {
        type: 'git',
        version: { commit },
        metadata: { repository: 'https://example.com/a/b', revision: 'main' },
      },
    });
    const labelled = (labels: object) =>
      documents({
        'manifests/b1': { config: { digest: 'sha256:1' } },
        'blobs/sha256:1': { config: { Labels: labels } },
      });

    expect(await revisionSaid('b1', labelled(project(said)))).toBe(commit);
    expect(await revisionSaid('b1', labelled({ ...project(said.replaceAll('c', 'd')), ...label }))).toBe(commit);
    expect(await revisionSaid('b1', labelled(project('{')))).toBeUndefined();
  });

  test.each([
    ['no label', { config: { Labels: null } }],
    ['a branch', { config: { Labels: { 'org.opencontainers.image.revision': 'main' } } }],
    ['half a commit', { config: { Labels: { 'org.opencontainers.image.revision': 'cccccccccccc' } } }],
  ])('fails to be known from %s', async (_what, config) => {
    const read = documents({ 'manifests/v1': { config: { digest: 'sha256:1' } }, 'blobs/sha256:1': config });

    expect(await revisionSaid('v1', read)).toBeUndefined();
  });
});
