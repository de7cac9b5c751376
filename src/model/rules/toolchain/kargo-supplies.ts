import { isMovedByKargo, suppliesOfKargo } from '../../derived/kargo/moved-by-kargo.ts';
import { originsOf } from '../../derived/origins.ts';
import {
  leastMinutesBetweenLooks,
  receiversByRegistry,
  registryOf,
  repositoriesOf,
} from '../../derived/kargo/registry-looks.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';

/** Namespaces of the toolchains from which somebody looks for what a supply brings. */
const placesOfSupply = (delivery: Delivery, supply: Supply): readonly string[] => [
  ...new Set(
    delivery.stages
      .filter((stage) => isMovedByKargo(stage) && originsOf(stage, delivery).includes(supply))
      .flatMap((stage) => delivery.toolchains?.find(({ name }) => name === stage.toolchain)?.namespace ?? []),
  ),
];

function supplyProblems(delivery: Delivery, supply: Supply): readonly Problem[] {
  const { discovery, name, artifacts } = supply;
  const path = `supplies.${name}.discovery`;
  const problems: Problem[] = [];
  if (discovery.kind === 'sameJob')
    problems.push({
      path: `${path}.kind`,
      message: 'must be "registryPoll" or "registryWebhook": Kargo promotes what it finds in the registry',
      given: discovery.kind,
    });
  const login = 'login' in discovery ? delivery.credentials.find((it) => it.name === discovery.login) : undefined;
  const places = placesOfSupply(delivery, supply);
  if (
    login !== undefined &&
    !places.every((place) => login.store.kind === 'kubernetes' && login.store.namespace === place)
  )
    problems.push({
      path: `${path}.login`,
      message: `must be one that Kargo finds, kept as { kind: "kubernetes", namespace: "${places.join('" and "')}", … }`,
      given: login.name,
    });
  const least = leastMinutesBetweenLooks(delivery, supply);
  if (discovery.kind === 'registryPoll' && discovery.intervalMinutes !== undefined) {
    const { intervalMinutes: minutes } = discovery;
    if (!(Number.isInteger(minutes) && minutes >= 1))
      problems.push({ path: `${path}.intervalMinutes`, message: 'must be a whole number, 1 or more', given: minutes });
    else if (minutes < least)
      problems.push({
        path: `${path}.intervalMinutes`,
        message: `asks more often than the registry answers for all that is looked for there; write ${least} or more, or leave it out`,
        given: minutes,
      });
  }
  if (discovery.kind === 'registryWebhook')
    for (const host of new Set(repositoriesOf(delivery, supply).map(registryOf)))
      if (!Object.hasOwn(receiversByRegistry, host))
        problems.push({
          path: `${path}.kind`,
          message: `is not carried out yet for ${host}; write { kind: "registryPoll" }`,
          given: discovery.kind,
        });
  return [...problems, ...delivery.artifacts.filter((it) => artifacts.includes(it.name)).flatMap(versionProblems)];
}

function versionProblems({ name, scheme }: Delivery['artifacts'][number]): readonly Problem[] {
  const path = `artifacts.${name}.scheme`;
  if (scheme.kind !== 'semver')
    return [
      {
        path: `${path}.kind`,
        message: 'is not carried out yet where Kargo promotes; write "semver"',
        given: scheme.kind,
      },
    ];
  const problems: Problem[] = [];
  if (!['', 'v'].includes(scheme.prefix ?? ''))
    problems.push({
      path: `${path}.prefix`,
      message: 'is not carried out yet where Kargo promotes, which knows "v" alone; write that, or leave it out',
      given: scheme.prefix,
    });
  // Of a version before a release, npm and the library that Kargo reads ranges with say different things.
  if (/\d-[0-9A-Za-z]/.test(scheme.range ?? ''))
    problems.push({
      path: `${path}.range`,
      message: 'must not name a version before a release, e.g. 1.0.0-0, which Kargo reads otherwise',
      given: scheme.range,
    });
  return problems;
}

/** What Kargo looks for is where Kargo finds it, and is called as Kargo reads it. */
export const kargoSupplies = (delivery: Delivery): readonly Problem[] =>
  suppliesOfKargo(delivery).flatMap((supply) => supplyProblems(delivery, supply));
