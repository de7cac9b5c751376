import { stringify } from 'yaml';
import { writeImageReference } from '../../../src/model/release.ts';
import type { MovableField } from '../../../src/objects/files/movable-field.ts';
import type { RenderedObject } from '../../../src/objects/rendered-object.ts';
import { writeCommit } from '../../../src/ops/git/write-commit.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import type { PromoterPlugin } from '../../../src/promoters/promoter.ts';
import { filesOf, gitIn } from '../../support/git.ts';

/** A promoter that the tests make up: it moves every field that a release sets, and nothing else. */
export const madeUpPromoter: PromoterPlugin = {
  kind: 'kargo',
  title: 'Made Up',
  moves: ({ fields }) => fields,
  checks: [],
};

/** What {@link chartRender} calls the version of an artifact in a comment. */
export const markerOf = (artifact: string): string => `{"moves": "${artifact}"}`;

/**
 * What a program of that number renders of applications that somebody else moves: a Deployment, and two files that are no objects, a chart whose
 * version is marked by a comment, and values with a tag.
 */
export const chartRender =
  (number: number): OpsContext['render'] =>
  ({ environment, application, folder }, release) => {
    const place = (path: string): string => `${folder === '.' ? 'manifests/shop' : folder}/${path}`;
    const images = Object.entries(release.images).filter(
      ([artifact]) => application !== undefined || folder === '.' || artifact === '',
    );
    if (images.length === 0) {
      const path = place('10-namespace.yaml');
      const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: environment } };
      return {
        environment,
        objects: [{ path, construct: `${environment}/ns`, object }],
        files: new Map([[path, stringify(object)]]),
      };
    }
    const containers = images.map(([name, image]) => ({ name, image: writeImageReference(image) }));
    const object: RenderedObject = {
      path: place('deployment.yaml'),
      construct: `${environment}/deployment`,
      object: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: `${environment}-${application ?? 'shop'}` },
        spec: { level: `level-${number}`, containers },
      },
      artifacts: Object.fromEntries(images.map(([name]) => [name, name])),
    };
    const chart = images.map(([name, { tag }]) => `${name}Version: ${tag} # ${markerOf(name)}\n`).join('');
    const values = stringify(Object.fromEntries(images.map(([name, { tag }]) => [name, { tag, replicas: number }])));
    const fieldsOf = (field: (artifact: string) => MovableField): readonly MovableField[] =>
      images.map(([name]) => field(name));
    return {
      environment,
      objects: [object],
      files: new Map([
        [place('chart.yaml'), `name: made-up # by hand\n${chart}`],
        [object.path, stringify(object.object)],
        [place('values.yaml'), values],
      ]),
      fields: new Map([
        [
          place('chart.yaml'),
          fieldsOf((artifact) => ({ kind: 'marker', artifact, marker: markerOf(artifact), carries: 'tag' })),
        ],
        [
          place('values.yaml'),
          fieldsOf((artifact) => ({ kind: 'value', artifact, path: [artifact, 'tag'], carries: 'tag' })),
        ],
      ]),
    };
  };

/** Who writes a commit of tests that the program knows nothing of. */
export interface Writer {
  readonly name: string;
  readonly email: string;
}

export const promoter: Writer = { name: 'promoter', email: 'promoter@acme.example' };
export const person: Writer = { name: 'Bob', email: 'bob@acme.example' };

/** As Portolan calls a writer. */
export const called = ({ name, email }: Writer): string => `${name} <${email}>`;

/** Commits changes of files to a branch, as somebody does who has Git alone; a text of nothing removes the file. */
export async function pushFiles(
  bare: string,
  branch: string,
  author: Writer,
  change: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string | undefined>,
  message = 'Change files\n',
  at = new Date('2026-01-31T13:00:00Z'),
): Promise<string> {
  const parent = gitIn(bare, 'rev-parse', branch);
  const changes = [...change(filesOf(bare, branch))].map(
    ([path, text]) =>
      [path, text === undefined ? ({ kind: 'remove' } as const) : ({ kind: 'write', text } as const)] as const,
  );
  const commit = await writeCommit(bare, {
    parent,
    changes: new Map(changes),
    message,
    author,
    at,
  });
  gitIn(bare, 'update-ref', `refs/heads/${branch}`, commit, parent);
  return commit;
}

/** The files of a branch with the version of an artifact moved, in those whose path matches. */
export function movedTo(
  files: ReadonlyMap<string, string>,
  artifact: string,
  tag: string,
  where = /./,
): ReadonlyMap<string, string> {
  const lines: readonly RegExp[] = [
    new RegExp(`(image: ["']?acme/${artifact}:)[^\\s"']+`, 'g'),
    new RegExp(`(${artifact}Version: )\\S+`, 'g'),
    new RegExp(`(${artifact}:\\n  tag: )\\S+`, 'g'),
  ];
  return new Map(
    [...files]
      .filter(([path]) => /^(manifests)\//.test(path) && where.test(path))
      .map(([path, text]) => [path, lines.reduce((moved, line) => moved.replace(line, `$1${tag}`), text)]),
  );
}
