import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn } from '../place.ts';

/** Whatever goes around the model says why: patches and exceptions from checks. */
export const statedReasons = (delivery: Delivery): readonly Problem[] => [
  ...[
    ...applicationsIn(delivery).map(({ path, application }) => ({ path, patches: application.patches })),
    ...delivery.environments.map(({ name, patches }) => ({ path: `environments.${name}`, patches })),
  ].flatMap(({ path, patches = [] }) =>
    patches.flatMap(({ reason, merge }, i) => [
      ...(reason.trim() === ''
        ? [{ path: `${path}.patches[${i}].reason`, message: 'must say why the model cannot express it', given: reason }]
        : []),
      ...(Object.keys(merge).length === 0
        ? [{ path: `${path}.patches[${i}].merge`, message: 'must change something', given: merge }]
        : []),
    ]),
  ),
  ...(delivery.exceptions ?? []).flatMap(({ reason, object }, i) => [
    ...(reason.trim() === '' ? [{ path: `exceptions[${i}].reason`, message: 'must say why', given: reason }] : []),
    ...(/^[A-Za-z]+\/.+$/.test(object)
      ? []
      : [
          {
            path: `exceptions[${i}].object`,
            message: 'must be Kind/name, e.g. "Deployment/dev-orders"',
            given: object,
          },
        ]),
  ]),
];
