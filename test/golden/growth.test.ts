import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { gitIn } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

/** Puts text in front of the one place where the project says `before`. */
const insert = (copy: ProjectCopy, before: string, text: string): void => {
  copy.edit('project.ts', (whole) => {
    expect(whole.split(before)).toHaveLength(2);
    return whole.replace(before, () => text + before);
  });
};

/** Lines of project.ts that were written, and every other file that was. */
const written = (copy: ProjectCopy): { readonly lines: number; readonly others: readonly string[] } => {
  gitIn(copy.folder, 'add', '--all');
  const rows = gitIn(copy.folder, 'diff', '--cached', '--numstat').split('\n').map((row) => row.split('\t'));
  return {
    lines: Number(rows.find(([, , file]) => file === 'project.ts')?.[0]),
    others: rows.flatMap(([, , file = '']) => (file === 'project.ts' ? [] : [file])),
  };
};

const render = async (copy: ProjectCopy): Promise<Readonly<Record<string, string>>> => {
  const { code, stderr } = await copy.run(['synth']);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  // A checksum differs with the names that are in what it is made of.
  return Object.fromEntries(Object.entries(copy.files('dist')).map(([path, text]) => [path, text.replaceAll(/config-checksum: .*/g, 'config-checksum: any')]));
};

describe('what the project costs to grow', () => {
  let rendered: Readonly<Record<string, string>>;

  beforeAll(async () => {
    rendered = await render(new ProjectCopy());
  }, 120_000);

  test('a third environment like staging is at most 15 lines and its stack file', async () => {
    const copy = new ProjectCopy();

    insert(copy, "  { name: 'production',", "  { name: 'testing', forwardsToSlack: false, backedUp: false },\n");
    insert(
      copy,
      "      stage('production', {",
      "      stage('testing', { intake: { from: 'supply', supplies: ['images'] }, triggers: [{ on: 'push', repository: 'devops-kubernetes', branches: ['main'] }], gate: { kind: 'none' } }),\n",
    );
    insert(copy, '      production: initialRelease(', "      testing: initialRelease(registryOwner, firstCommit, { source: { repository: 'devops-kubernetes', commit: firstCommit } }),\n");
    copy.write('Pulumi.testing.yaml', copy.read('Pulumi.staging.yaml').replaceAll('staging', 'testing'));
    const { lines, others } = written(copy);
    const grown = await render(copy);

    expect(lines).toBeLessThanOrEqual(15);
    expect(others).toEqual(['Pulumi.testing.yaml']);
    const named = (text: string): string => text.replaceAll('staging', 'testing').replaceAll('Staging', 'Testing');
    const like = Object.entries(rendered).filter(([path]) => path.startsWith('staging/'));
    const before = Object.fromEntries(Object.entries(rendered).filter(([path]) => !/^(?:source|program)\//.test(path)));
    expect(like).not.toEqual([]);
    expect(grown).toMatchObject({ ...before, ...Object.fromEntries(like.map(([path, text]) => [named(path), named(text)])) });
    expect(Object.keys(grown).filter((path) => path.startsWith('testing/'))).toHaveLength(like.length);
  }, 120_000);

  test('one more HTTP service is at most 20 lines, those that the README shows included', async () => {
    const copy = new ProjectCopy();
    const service = /^```ts\n(const gallery: Service = \{\n[^]*?)^```/m.exec(readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8'))?.[1] ?? '';
    // As its heading says.
    expect(service.trimEnd().split('\n')).toHaveLength(15);

    insert(copy, 'const title = ', service);
    insert(copy, 'todoApp, todoBackend, broadcaster(', 'gallery, ');
    insert(copy, "  { artifact: 'broadcaster', context:", "  { artifact: 'gallery', context: 'the_project/gallery' },\n");
    const { lines, others } = written(copy);
    const grown = await render(copy);

    expect(service.trimEnd().split('\n')).toHaveLength(15);
    expect(lines).toBeLessThanOrEqual(20);
    expect(others).toEqual([]);
    const inStaging = (path: string): boolean => path.startsWith('staging/');
    expect(Object.keys(grown).filter((path) => inStaging(path) && rendered[path] === undefined)).toEqual([
      'staging/manifests/the-project/deployment.apps.staging-gallery.yaml',
      'staging/manifests/the-project/networkpolicy.networking.k8s.io.staging-gallery.yaml',
      'staging/manifests/the-project/service.staging-gallery-svc.yaml',
    ]);
    expect(Object.keys(rendered).filter((path) => inStaging(path) && grown[path] !== rendered[path])).toEqual([
      'staging/manifests/the-project/ingressroute.traefik.io.staging-todo-ingressroute.yaml',
      'staging/manifests/the-project/networkpolicy.networking.k8s.io.staging-postgresql-db.yaml',
    ]);
  }, 120_000);
});
