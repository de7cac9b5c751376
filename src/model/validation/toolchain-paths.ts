import type { Delivery } from '../delivery.ts';
import type { Problem } from '../problem.ts';
import type { Toolchain } from '../environment.ts';

/** What a toolchain has of a stage's words, and of an environment's. */
const ofStage: ReadonlySet<string> = new Set<keyof Toolchain>(['gate', 'write', 'engine', 'emergency']);
const ofEnvironment: ReadonlySet<string> = new Set<keyof Toolchain>([
  'name',
  'cluster',
  'namespace',
  'namespaces',
  'podSecurity',
  'credentials',
  'patches',
]);

/**
 * Problems of a delivery in which toolchains stand among the environments, as whoever wrote it finds them: at their place in `toolchains`, and without
 * those of words that a toolchain does not have.
 */
export function asWritten(
  { toolchains = [], environments }: Delivery,
  problems: readonly Problem[],
): readonly Problem[] {
  if (toolchains.length === 0) return problems;
  const written = new Map(toolchains.map((it) => [it.name, it]));
  const taken = new Set(environments.map(({ name }) => name));
  const words = (message: string): string =>
    message.replace(/\b(?:environments|stages)\.([a-z0-9-]+)/g, (whole, name: string) =>
      written.has(name) && !taken.has(name) ? `toolchains.${name}` : whole,
    );
  return problems.flatMap((told): readonly Problem[] => {
    const problem = { ...told, message: words(told.message) };
    const [, list, name = '', rest = ''] =
      /^(environments|stages|initialReleases)\.([^.[]*)(.*)$/.exec(problem.path) ?? [];
    const toolchain = written.get(name);
    if (list === undefined || toolchain === undefined || (taken.has(name) && list !== 'stages')) return [problem];
    const path = pathIn(toolchain, list, rest);
    return path === undefined ? [] : [{ ...problem, path: `toolchains.${name}${path}` }];
  });
}

/** Where a toolchain says a word that stands there in its environment or its stage. */
function pathIn({ name, credentials }: Toolchain, list: string, rest: string): string | undefined {
  const [, word = ''] = /^\.([^.[]+)/.exec(rest) ?? [];
  if (list === 'stages') return ofStage.has(word) ? rest : undefined;
  if (list === 'initialReleases') return undefined;
  const own = `.applications.${name}`;
  if (rest.startsWith(`${own}.objects`)) return rest.slice(own.length);
  const [, credential] = /^\.credentials\.([^.[]+)/.exec(rest) ?? [];
  if (credential !== undefined && !credentials.some((it) => it.name === credential)) return undefined;
  return ofEnvironment.has(word) || rest === '' ? rest : undefined;
}
