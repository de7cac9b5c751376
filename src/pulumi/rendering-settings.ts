import { environmentKeys, platformKeys } from '../model/settings/setting-keys.ts';
import { configOf } from './config-of.ts';

/** Settings of Portolan that change what is rendered. Pulumi changes nothing when they change: a commit and a publish do. */
const renderingKeys = ['portolan:generations', 'portolan:host', 'portolan:opsRepository', 'portolan:replicas'];

/** Whether a key is of a setting that changes what is rendered: some of Portolan's, and all that the project declares. */
const isRendering = (key: string): boolean =>
  renderingKeys.includes(key) ||
  (key.startsWith('portolan:') && !Object.hasOwn(platformKeys, key) && !Object.hasOwn(environmentKeys, key));

/** Same text for the same data, whatever the order of the keys. */
function canonical(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`;
}

/**
 * The settings of a stack file that belong to the rendering and differ from the last commit.
 *
 * @param committed - the file as the last commit has it
 * @returns their keys, in alphabetical order
 */
export function uncommittedRenderingSettings(onDisk: unknown, committed: unknown): readonly string[] {
  const now = configOf(onDisk);
  const before = configOf(committed);
  return [...new Set([...Object.keys(now), ...Object.keys(before)])]
    .filter((key) => isRendering(key) && canonical(now[key]) !== canonical(before[key]))
    .sort();
}
