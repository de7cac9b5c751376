import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { peer } from './peers.ts';
import { secondsOf } from './promotion.ts';
import { ratioOf, root } from './ratio.ts';

/** As much of an object as an overlay has to know. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

type Manifests = ReadonlyMap<string, Manifest>;

const environments = ['staging', 'production'] as const;

const idOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

const fileOf = ({ kind, metadata }: Manifest): string => `${kind.toLowerCase()}-${metadata.name}.yaml`;

const byId = (objects: readonly Manifest[]): Manifests => new Map(objects.map((object) => [idOf(object), object]));

/** Every object that was rendered for an environment, by kind and name; those that set up the engine are not part of an overlay. */
const renderedIn = (folder: string): Manifests =>
  byId(
    readdirSync(join(folder, 'manifests'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => parse(readFileSync(join(folder, 'manifests', path), 'utf8')) as Manifest),
  );

/** Objects in whose fields kustomize finds the names of others, and puts the prefix before them; in custom ones it does not. */
const isKnown = ({ apiVersion }: Manifest): boolean => /^(?:|apps\/|batch\/|networking\.k8s\.io\/)v1$/.test(apiVersion);

/** An object as somebody writes it for kustomize: without the prefix and namespace that an overlay puts in. */
function bareOf(object: Manifest, environment: string, names: ReadonlySet<string>): Manifest {
  const bare = (value: unknown): unknown => {
    if (typeof value === 'string') return names.has(value) ? value.slice(environment.length + 1) : value;
    if (Array.isArray(value)) return value.map(bare);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'value' ? item : bare(item)]));
  };
  const { namespace: _, ...metadata } = object.metadata;
  const rest = isKnown(object) ? (bare(object) as Manifest) : object;
  return { ...rest, metadata: bare(metadata) as Manifest['metadata'] };
}

/** The system of project.ts as a base and two overlays: what its environments have in common, what each has beside it, and what it says otherwise. */
function writeOverlays(folder: string, rendered: ReadonlyMap<string, Manifests>): void {
  const write = (place: string, objects: readonly Manifest[], said: object): void => {
    mkdirSync(join(folder, place));
    for (const object of objects)
      // No folded lines: kustomize puts empty ones among them.
      writeFileSync(join(folder, place, fileOf(object)), stringify(object, { lineWidth: 0 }));
    writeFileSync(join(folder, place, 'kustomization.yaml'), stringify(said));
  };
  const bare = new Map(
    [...rendered].map(([environment, objects]) => {
      const names = new Set([...objects.values()].map(({ metadata }) => metadata.name));
      return [environment, byId([...objects.values()].map((object) => bareOf(object, environment, names)))] as const;
    }),
  );
  const [first = new Map<string, Manifest>(), ...others] = bare.values();
  const common = byId([...first.values()].filter((object) => others.every((it) => it.has(idOf(object)))));
  write('base', [...common.values()], { resources: [...common.values()].map(fileOf) });
  for (const [environment, objects] of bare) {
    const differing = [...objects.values()].filter((object) => !isDeepStrictEqual(object, common.get(idOf(object))));
    const isOwn = (object: Manifest): boolean => !common.has(idOf(object));
    write(environment, differing, {
      namespace: environment,
      namePrefix: `${environment}-`,
      resources: ['../base', ...differing.filter(isOwn).map(fileOf)],
      patches: differing.filter((object) => !isOwn(object)).map((object) => ({ path: fileOf(object) })),
    });
  }
}

/** `synth` of project.ts, every rule and check on, beside kustomize, which builds two overlays that come to the same objects. */
export function synthBesideOverlays(): number {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const out = join(scratch, 'out');
    const synth = (): number => secondsOf(`node bin/portolan.cjs synth --output ${out} > /dev/null`, root);
    synth();
    const rendered = new Map(environments.map((name) => [name as string, renderedIn(join(out, name))]));
    writeOverlays(scratch, rendered);
    // Whoever is quicker because it says less is not quicker.
    for (const [environment, objects] of rendered) {
      const text = execFileSync(peer('kustomize'), ['build', join(scratch, environment)], { encoding: 'utf8' });
      const built = byId(parseAllDocuments(text).map((document) => document.toJS() as Manifest));
      const differing = [...objects]
        .filter(([id, object]) => !isDeepStrictEqual(built.get(id), object))
        .map(([id]) => id);
      if (differing.length > 0 || built.size !== objects.size)
        throw new Error(`bench: kustomize builds another ${environment}: ${differing.join(', ')}`);
    }
    const both = environments
      .map((name) => `${peer('kustomize')} build ${join(scratch, name)} > /dev/null`)
      .join(' && ');
    return ratioOf(synth, () => secondsOf(both, scratch));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
