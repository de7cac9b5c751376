import { join, resolve } from 'node:path';
import { browserScript } from '../../../src/cli/page/browser-script.ts';
import { pageStateOf } from '../../../src/cli/page/page-state-of.ts';
import { pageOf } from '../../../src/page/page-of.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { settings } from '../../support/settings.ts';
import type { LivedSystem } from './lived-system.ts';

const packageFolder = resolve(import.meta.dirname, '..', '..', '..');

/** The page of a system, as `portolan page` makes it, with the address that its ops repository has on a host. */
export async function pageOfSystem({ context, source, at }: LivedSystem): Promise<string> {
  const { delivery } = context;
  const catalog = new SchemaCatalog(schemaReader(packageFolder));
  const state = await pageStateOf(
    { folder: join(packageFolder, 'no-project'), settings, delivery, catalog },
    {
      ops: context,
      version: '0.1.0',
      at: at.toISOString(),
      sourceFolders: [source],
      flags: { cluster: false },
    },
  );
  const repository = `https://github.com/acme/${delivery.name}-ops`;
  return pageOf(
    { ...state, repository, commitAddress: (commit) => `${repository}/commit/${commit}` },
    await browserScript(packageFolder),
  );
}
