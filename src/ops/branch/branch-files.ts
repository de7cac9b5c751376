import { environmentOf } from '../../model/delivery.ts';
import { holdsBootstrap, type Unit } from '../../model/derived/units.ts';
import type { Release } from '../../model/release.ts';
import type { MovableField } from '../../objects/files/movable-field.ts';
import type { RenderedObject } from '../../objects/rendered-object.ts';
import { renderedFiles } from '../../render/rendered-files.ts';
import { movedFields } from '../foreign/moved-fields.ts';
import { partsOf } from '../release/field-values.ts';
import { readFiles } from '../git/read-blobs.ts';
import type { OpsContext } from '../ops-context.ts';
import { INDEX_FILE, writeBranchIndex, type BranchIndex, type IndexedObject } from '../release/branch-index.ts';
import { fileDigest } from '../release/file-digest.ts';
import { RELEASE_FILE, wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import { writeReleaseRecord } from '../release/write-release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import { externalSecrets, secretNamespace, writeBranchReadme } from './branch-readme.ts';
import type { OwnBranch } from './branch-state.ts';

/** Every file of a branch, and the index of them. */
export interface BranchFiles {
  /** Path → text, `release.yaml` and `index.json` included. */
  readonly files: ReadonlyMap<string, string>;
  readonly index: BranchIndex;
}

/** What a branch holds for a rendering, before it is known who asked for it. */
export interface BranchContent {
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly objects: readonly RenderedObject[];
  readonly secrets: Readonly<Record<string, readonly string[]>>;
  /** Path → fields that others than this program move. @default - nobody else moves anything */
  readonly fields?: ReadonlyMap<string, readonly MovableField[]>;
}

/** Renders a unit with a release and puts together what its branch holds. */
export async function renderBranch(context: OpsContext, unit: Unit, release: Release): Promise<BranchContent> {
  const environment = environmentOf(context.delivery, unit.environment);
  const rendered = await context.render(unit, release);
  const extraFiles = context.extraFiles?.(unit) ?? new Map<string, string>();
  const files = new Map([
    ...rendered.files,
    ...extraFiles,
    ['README.md', writeBranchReadme(context.delivery, unit, context.tools)],
  ]);
  for (const { path } of rendered.objects)
    if (!files.has(path)) throw new Error(`portolan: ${path} was rendered without a file`);
  for (const path of [INDEX_FILE, RELEASE_FILE])
    if (files.has(path)) throw new Error(`portolan: ${path} is not a file to render`);
  const secrets = (holdsBootstrap(unit) ? externalSecrets(environment) : []).map(
    (secret) =>
      [`${secretNamespace(environment, secret)}/${secret.store.secretName}`, [...secret.store.keys].sort()] as const,
  );
  const fields = movedFields(context, unit, () => renderedFiles(rendered, release));
  return {
    files,
    objects: rendered.objects,
    secrets: Object.fromEntries(secrets),
    ...(fields === undefined ? {} : { fields }),
  };
}

/**
 * All files of a branch: the content, its record and the index of both.
 *
 * @param like - the branch that the record was read from, when its `release.yaml` stays as it is
 */
export function completeBranch(
  project: string,
  content: BranchContent,
  record: ReleaseRecord,
  { recordText = writeReleaseRecord(record), index }: Partial<Pick<OwnBranch, 'recordText' | 'index'>> = {},
): BranchFiles {
  const { images } = wholeRelease(record.applications);
  // A package that knows no such record could not read it, so that the index says so too; and one that says so stays as it is.
  const isNewer = isNewToOlder(record) || (index?.fields !== undefined && Object.keys(index.fields).length === 0);
  const fields = content.fields ?? (isNewer ? new Map<string, readonly MovableField[]>() : undefined);
  const digestOf = (path: string, text = content.files.get(path) ?? ''): string =>
    fileDigest(partsOf(text, fields?.get(path) ?? []).outside);
  const objects = content.objects.map(({ path, construct, object, artifacts }): [string, IndexedObject] => {
    const repositories = [
      ...new Set(Object.values(artifacts ?? {}).flatMap((artifact) => images[artifact]?.repository ?? [])),
    ].sort();
    return [
      path,
      {
        apiVersion: object.apiVersion,
        kind: object.kind,
        ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
        name: object.metadata.name,
        construct,
        ...(repositories.length === 0 || fields !== undefined ? {} : { images: repositories }),
        digest: fields === undefined ? fileDigest(content.files.get(path) ?? '', repositories) : digestOf(path),
      },
    ];
  });
  const indexed = new Set(content.objects.map(({ path }) => path));
  const others = [...content.files]
    .filter(([path]) => !indexed.has(path))
    .map(([path, text]): [string, string] => [path, digestOf(path, text)]);
  return withRecord(
    {
      files: content.files,
      index: {
        project,
        environment: record.environment,
        files: Object.fromEntries(others),
        secrets: content.secrets,
        objects: Object.fromEntries(objects),
        ...(fields === undefined ? {} : { fields: Object.fromEntries(fields) }),
      },
    },
    recordText,
    index?.unsealed,
  );
}

/** Whether a record says what the packages that read `portolan/v1` alone do not know: a move of others, or several sources. */
const isNewToOlder = ({ origin, applications, holds }: ReleaseRecord): boolean =>
  origin.kind === 'moved' ||
  [applications, ...holds.map((hold) => (hold.kind === 'rollback' ? hold.of.applications : {}))].some((releases) =>
    Object.values(releases).some(({ sources }) => sources !== undefined),
  );

/** An index that leaves nothing to a release, as one has whose record older packages do not know; what was edited by hand stays so. */
function asNewer(index: BranchIndex, files: ReadonlyMap<string, string>): BranchIndex {
  const objects = Object.entries(index.objects).map(
    ([path, { images, digest, ...object }]): [string, IndexedObject] => {
      const text = files.get(path) ?? '';
      return [path, { ...object, digest: fileDigest(text, images) === digest ? fileDigest(text) : digest }];
    },
  );
  return { ...index, objects: Object.fromEntries(objects), fields: {} };
}

/** The same files with another `release.yaml`, and the index that goes with it. */
function withRecord(
  { files, index: { unsealed: _, ...index } }: BranchFiles,
  release: string,
  unsealed?: true,
): BranchFiles {
  const next: BranchIndex = {
    ...index,
    files: { ...index.files, [RELEASE_FILE]: fileDigest(release) },
    ...(unsealed === undefined ? {} : { unsealed }),
  };
  return { files: new Map([...files, [RELEASE_FILE, release], [INDEX_FILE, writeBranchIndex(next)]]), index: next };
}

/** The very files of an earlier state of a branch, with a new record. */
export async function restoreBranch(
  repository: OpsRepository,
  state: OwnBranch,
  record: ReleaseRecord,
): Promise<BranchFiles> {
  const { index, tree } = state;
  const paths = [...Object.keys(index.objects), ...Object.keys(index.files)].filter((path) => tree.has(path));
  const texts = await readFiles(repository.gitDir, tree, paths);
  const files = new Map(paths.map((path) => [path, texts.get(path) ?? '']));
  const isOlder = index.fields === undefined && isNewToOlder(record);
  return withRecord({ files, index: isOlder ? asNewer(index, files) : index }, writeReleaseRecord(record));
}

/** The two files that change when only the record does. */
export function recordFiles(index: BranchIndex, record: ReleaseRecord): ReadonlyMap<string, string> {
  return withRecord({ files: new Map(), index }, writeReleaseRecord(record)).files;
}
