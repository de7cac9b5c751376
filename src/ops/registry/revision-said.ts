import { wholeCommit } from '../../model/formats/commit.ts';
import { fieldsOf, itemsOf, valueAt } from '../../objects/fields.ts';

/** What an image says of the commit it was built from, in an annotation of its manifest or a label of its configuration. */
const REVISION = 'org.opencontainers.image.revision';

/** Where buildpacks say it, and kpack with them: a text of JSON in a label. */
const PROJECT = 'io.buildpacks.project.metadata';

/**
 * The commit that an image says it was built from: that of its first platform, where it has several. What a builder attests beside it is none.
 *
 * @param read - a document of the image's repository, e.g. `manifests/v1.2.0`
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export async function revisionSaid(
  reference: string,
  read: (path: string) => Promise<unknown>,
): Promise<string | undefined> {
  const named = await read(`manifests/${reference}`);
  const platforms = itemsOf(fieldsOf(named)['manifests']).filter((one) => valueAt(one, 'platform', 'os') !== 'unknown');
  const digest = fieldsOf(platforms[0])['digest'];
  const manifest = typeof digest === 'string' ? await read(`manifests/${digest}`) : named;
  const config = valueAt(manifest, 'config', 'digest');
  const labels = typeof config === 'string' ? valueAt(await read(`blobs/${config}`), 'config', 'Labels') : undefined;
  const said = [
    valueAt(manifest, 'annotations', REVISION),
    valueAt(labels, REVISION),
    valueAt(projectIn(valueAt(labels, PROJECT)), 'source', 'version', 'commit'),
  ];
  return said.find((commit): commit is string => typeof commit === 'string' && wholeCommit.test(commit));
}

function projectIn(label: unknown): unknown {
  try {
    return typeof label === 'string' ? JSON.parse(label) : undefined;
  } catch {
    return undefined;
  }
}
