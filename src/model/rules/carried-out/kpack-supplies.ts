import type { VersionScheme } from '../../artifact.ts';
import { PULL_SECRET_KEY, SSH_SECRET_KEY, type Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { builtSourceOf } from '../../derived/kpack/built-source.ts';
import { isPrivate } from '../../derived/managed-repositories.ts';
import { namespacesOf } from '../../derived/places/namespaces.ts';
import { pushesOf } from '../../derived/pushes.ts';
import { numericPattern } from '../../derived/version-fit.ts';
import { imageReference, isImageRepository } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import type { Builder, Supply } from '../../supply.ts';

type Kpack = Extract<Builder, { readonly kind: 'kpack' }>;

/** A tag as kpack makes it. */
const tagOfKpack = 'b10.20210711.080000';
const scheme =
  '{ kind: "numeric", pattern: "^b(?<build>\\\\d+)\\\\.(?<date>\\\\d{8})\\\\.(?<time>\\\\d{6})$", by: ["date", "time", "build"] }';

/** What kpack builds is said as kpack can carry it out, and of images that are the same tomorrow. */
export const kpackSupplies = (delivery: Delivery): readonly Problem[] =>
  delivery.supplies.flatMap((supply) => {
    const { builder } = supply;
    return builder.kind === 'kpack'
      ? [
          ...imageProblems(supply.name, builder),
          ...artifactProblems(delivery, supply, builder),
          ...sourceProblems(supply, builder),
          ...credentialProblems(delivery, supply, builder),
        ]
      : [];
  });

/** Base images and buildpacks: each by its digest, or a build of tomorrow is made of something else and nothing says so. */
function imageProblems(supply: string, { stack, store, order, cache }: Kpack): readonly Problem[] {
  const path = `supplies.${supply}.builder`;
  const unpinned = (at: string, image: string): readonly Problem[] =>
    imageReference(image)?.digest === undefined
      ? [
          {
            path: at,
            message:
              'must name an image by its digest, e.g. "paketobuildpacks/run-jammy-base@sha256:…": a tag is another image tomorrow',
            given: image,
          },
        ]
      : [];
  return [
    ...(stack.id.trim() === ''
      ? [
          {
            path: `${path}.stack.id`,
            message: 'must be the id of the stack, e.g. "io.buildpacks.stacks.jammy"',
            given: stack.id,
          },
        ]
      : []),
    ...unpinned(`${path}.stack.build`, stack.build),
    ...unpinned(`${path}.stack.run`, stack.run),
    ...store.flatMap((image, i) => unpinned(`${path}.store[${i}]`, image)),
    ...(
      [
        ['store', store],
        ['order', order],
      ] as const
    ).flatMap(([key, list]) =>
      list.length > 0
        ? []
        : [{ path: `${path}.${key}`, message: 'must name at least one, or nothing is built', given: list }],
    ),
    ...(cache === undefined || /^[1-9]\d*(Mi|Gi|Ti|M|G|T)$/.test(cache.size)
      ? []
      : [{ path: `${path}.cache.size`, message: 'must be a size of a disk, e.g. "2Gi"', given: cache.size }]),
  ];
}

/** Whether a scheme takes what kpack makes; how it orders that is another rule's. */
const fits = (given: VersionScheme): boolean =>
  given.kind === 'numeric' && numericPattern(given.pattern)?.test(tagOfKpack) === true;

function artifactProblems(
  delivery: Delivery,
  { name, artifacts, toolchain }: Supply,
  builder: Kpack,
): readonly Problem[] {
  const path = `supplies.${name}`;
  const [first, ...others] = delivery.artifacts.filter((artifact) => artifacts.includes(artifact.name));
  const problems: Problem[] = [];
  if (others.length > 0)
    problems.push({
      path: `${path}.artifacts`,
      message:
        'is not carried out yet for several artifacts, because kpack makes one image of a source; write a supply for each',
      given: artifacts,
    });
  if (first !== undefined && !fits(first.scheme))
    problems.push({
      path: `artifacts.${first.name}.scheme`,
      message: `does not fit ${tagOfKpack}, as kpack calls its builds; write ${scheme}`,
      given: first.scheme.kind,
    });
  if (!isImageRepository(builder.builderRepository) || builder.builderRepository === first?.repository)
    problems.push({
      path: `${path}.builder.builderRepository`,
      message: 'must be a repository of its own, without a tag, e.g. "ghcr.io/acme/builder"',
      given: builder.builderRepository,
    });
  if (toolchain === undefined)
    problems.push({
      path: `${path}.toolchain`,
      message: 'is not carried out yet without one; write the name of a toolchain, in which kpack builds',
    });
  return problems;
}

function sourceProblems(supply: Supply, builder: Kpack): readonly Problem[] {
  const { name, copiesTo, triggers } = supply;
  const path = `supplies.${name}`;
  const problems: Problem[] = [];
  if (!(Number.isInteger(builder.pollMinutes) && builder.pollMinutes >= 1))
    problems.push({
      path: `${path}.builder.pollMinutes`,
      message: 'must be a whole number, 1 or more',
      given: builder.pollMinutes,
    });
  if (copiesTo === undefined) {
    const looked = pushesOf(triggers);
    const branches = looked.flatMap((push) => push.branches);
    if (branches.length !== 1 || /[*?[\]!+]/.test(branches[0] ?? '') || looked.some((push) => push.paths !== undefined))
      problems.push({
        path: `${path}.triggers`,
        message:
          'must be one push to one branch, whatever changes: kpack builds each commit of one branch that it looks at',
        given: branches,
      });
    looked.forEach((push, i) => {
      if (push.by !== 'poll')
        problems.push({
          path: `${path}.triggers[${i}].by`,
          message: 'must be "poll": kpack looks at the branch itself; or write copiesTo, where a workflow tests first',
          given: push.by ?? 'workflow',
        });
    });
  }
  triggers.forEach(({ on }, i) => {
    if (on === 'pullRequest' || (on !== 'push' && copiesTo === undefined))
      problems.push({
        path: `${path}.triggers[${i}].on`,
        message: 'is not carried out yet where kpack builds, which looks at one branch; leave it out',
        given: on,
      });
  });
  return problems;
}

function credentialProblems(delivery: Delivery, supply: Supply, builder: Kpack): readonly Problem[] {
  const path = `supplies.${supply.name}.builder`;
  const place = (delivery.toolchains ?? []).find(({ name }) => name === supply.toolchain);
  const spaces = place === undefined ? undefined : namespacesOf(place);
  const known = delivery.credentials;
  const pushing = known.find(({ name }) => name === builder.pushesWith);
  const reading = known.find(({ name }) => name === builder.readsWith);
  const source = builtSourceOf(delivery, supply)?.repository;
  const kept = (credential: Credential | undefined): string | undefined =>
    credential?.store.kind === 'kubernetes' ? credential.store.namespace : undefined;
  const wrong = (at: string, credential: Credential | undefined, key: string): readonly Problem[] => {
    if (credential === undefined || spaces === undefined) return [];
    const where = kept(credential);
    return where !== undefined && spaces.includes(where) && credential.store.keys.join() === key
      ? []
      : [
          {
            path: `${path}.${at}`,
            message: `must be one that kpack finds: { kind: "kubernetes", namespace: "${spaces[0] ?? ''}", secretName: "…", keys: ["${key}"] }`,
            given: credential.name,
          },
        ];
  };
  return [
    ...wrong('pushesWith', pushing, PULL_SECRET_KEY),
    ...wrong('readsWith', reading, SSH_SECRET_KEY),
    ...(pushing !== undefined && reading !== undefined && kept(pushing) !== undefined && kept(pushing) !== kept(reading)
      ? [
          {
            path: `${path}.readsWith`,
            message: `must lie beside ${pushing.name}, in the namespace ${kept(pushing) ?? ''}`,
            given: reading.name,
          },
        ]
      : []),
    ...(source !== undefined && isPrivate(source) && builder.readsWith === undefined
      ? [
          {
            path: `${path}.readsWith`,
            message: `must name a deploy key of ${source.name}, which not everybody may read; or write visibility: "public" there`,
          },
        ]
      : []),
  ];
}
