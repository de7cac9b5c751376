import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isLoopback } from '../../model/formats/image-reference.ts';
import { writeImageReference, type ImageVersion } from '../../model/release.ts';
import { ChartRefusal } from './chart-refusal.ts';
import type { Helm } from './helm-program.ts';

const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The kept archive of a digest; nothing where there is none, or its bytes are no longer those that came from the registry. */
function keptIn(folder: string): string | undefined {
  const [archive, written] = [path.join(folder, 'chart.tgz'), path.join(folder, 'sha256')];
  if (!existsSync(archive) || !existsSync(written)) return undefined;
  return readFileSync(written, 'utf8') === sum(archive) ? archive : undefined;
}

/**
 * The archive of a chart, by its digest: from the folder that keeps them, else from the registry, which is held to the digest. Two that fetch
 * one at once both get it whole.
 *
 * @param store - absolute folder that keeps archives
 * @returns absolute path of the archive
 * @throws ChartRefusal with Helm's own words where the registry does not give it
 */
export function fetchChart(helm: Helm, store: string, version: ImageVersion): string {
  const { repository, digest } = version;
  if (digest === undefined)
    throw new ChartRefusal(
      `is named by its version alone, and a chart is fetched by its digest; bring it in again with: npx portolan promote`,
    );
  const folder = path.join(store, digest.replace(':', '-'));
  const kept = keptIn(folder);
  if (kept !== undefined) return kept;
  mkdirSync(store, { recursive: true });
  const fresh = mkdtempSync(path.join(store, 'fetching-'));
  try {
    const { ok, stdout, stderr } = helm([
      'pull',
      `oci://${repository}@${digest}`,
      '--destination',
      fresh,
      ...(isLoopback(repository) ? ['--plain-http'] : []),
    ]);
    const said = /^Digest:\s*(\S+)$/m.exec(`${stdout}\n${stderr}`)?.[1];
    const [archive, ...others] = readdirSync(fresh);
    if (!ok || archive === undefined || others.length > 0)
      throw new ChartRefusal(
        `cannot be fetched as ${writeImageReference(version)}: ${lastLine(stderr) || 'Helm says nothing'}; where the registry asks for a login: helm registry login ${repository.split('/')[0] ?? ''}`,
      );
    if (said !== undefined && said !== digest)
      throw new ChartRefusal(`is ${said} as Helm fetched it, and the release names ${digest}`);
    renameSync(path.join(fresh, archive), path.join(fresh, 'chart.tgz'));
    writeFileSync(path.join(fresh, 'sha256'), sum(path.join(fresh, 'chart.tgz')));
    // What was there is no longer what came from the registry, or another run was quicker with the same bytes.
    rmSync(folder, { recursive: true, force: true });
    try {
      renameSync(fresh, folder);
    } catch (error) {
      if (keptIn(folder) === undefined) throw error;
    }
    return path.join(folder, 'chart.tgz');
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The line in which Helm says why. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
