import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Release } from '../../model/release.ts';
import type { RenderedEnvironment, RenderedObject } from '../../render/rendered-environment.ts';
import type { OpsContext } from '../ops-context.ts';
import { INDEX_FILE, writeBranchIndex, type BranchIndex, type IndexedObject } from '../release/branch-index.ts';
import { fileDigest } from '../release/file-digest.ts';
import { RELEASE_FILE, wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import { writeReleaseRecord } from '../release/write-release-record.ts';
import { externalSecrets, secretNamespace, writeBranchReadme } from './branch-readme.ts';

/** What a branch holds besides `release.yaml` and `index.json`, which follow from it and a record. */
export interface BranchContent {
  /** Path → text, in the order of the paths. */
  readonly files: ReadonlyMap<string, string>;
  readonly objects: readonly RenderedObject[];
  readonly secrets: Readonly<Record<string, readonly string[]>>;
}

/** What an environment's branch is made of. */
export interface BranchSource {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly rendered: RenderedEnvironment;
  /** Further files, e.g. workflows. @default - none */
  readonly extraFiles?: ReadonlyMap<string, string>;
}

/** Puts together what an environment's branch holds for a rendering. */
export function branchContent({ delivery, environment, rendered, extraFiles = new Map() }: BranchSource): BranchContent {
  const files = new Map([...rendered.files, ...extraFiles, ['README.md', writeBranchReadme(delivery, environment)]]);
  for (const { path } of rendered.objects) if (!files.has(path)) throw new Error(`portolan: ${path} was rendered without a file`);
  for (const path of [INDEX_FILE, RELEASE_FILE]) if (files.has(path)) throw new Error(`portolan: ${path} is not a file to render`);
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    objects: rendered.objects,
    secrets: Object.fromEntries(externalSecrets(environment).map((secret) => [`${secretNamespace(environment, secret)}/${secret.store.secretName}`, [...secret.store.keys].sort()])),
  };
}

/** Renders an environment with a release and puts together what its branch holds. */
export async function renderBranch(context: OpsContext, environment: Environment, release: Release): Promise<BranchContent> {
  const rendered = await context.render(environment.name, release);
  const extraFiles = context.extraFiles?.(environment.name);
  return branchContent({ delivery: context.delivery, environment, rendered, ...(extraFiles === undefined ? {} : { extraFiles }) });
}

/**
 * All files of a branch: the content, its record and the index of both.
 *
 * @param release - text of `release.yaml`, when the record was read from one that stays as it is
 */
export function completeBranch(project: string, content: BranchContent, record: ReleaseRecord, release = writeReleaseRecord(record)): ReadonlyMap<string, string> {
  const { images } = wholeRelease(record.applications);
  const text = (path: string): string => content.files.get(path) ?? '';
  const objects = content.objects.map(({ path, construct, object, artifacts }): [string, IndexedObject] => {
    const repositories = [...new Set(Object.values(artifacts ?? {}).flatMap((artifact) => images[artifact]?.repository ?? []))].sort();
    return [
      path,
      {
        apiVersion: object.apiVersion,
        kind: object.kind,
        ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
        name: object.metadata.name,
        construct,
        ...(repositories.length === 0 ? {} : { images: repositories }),
        digest: fileDigest(text(path), repositories),
      },
    ];
  });
  const indexed = new Set(content.objects.map(({ path }) => path));
  const others = [...content.files].filter(([path]) => !indexed.has(path)).map(([path, text]) => [path, fileDigest(text)]);
  const index: BranchIndex = {
    project,
    environment: record.environment,
    files: Object.fromEntries([...others, [RELEASE_FILE, fileDigest(release)]]) as Record<string, string>,
    secrets: content.secrets,
    objects: Object.fromEntries(objects),
  };
  return new Map([...content.files, [RELEASE_FILE, release], [INDEX_FILE, writeBranchIndex(index)]]);
}
