import { environmentOf, type Delivery } from '../../src/model/delivery.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Release } from '../../src/model/release.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import type { RenderedEnvironment } from '../../src/render/rendered-environment.ts';
import { checkDelivery } from '../../src/review/check-environment.ts';
import { describeFinding } from '../../src/review/checks/finding.ts';
import { SchemaCatalog } from '../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../src/review/schema/schema-files.ts';

const catalog = new SchemaCatalog(schemaReader('.'));

/** One environment of a system at a release. */
export const rendered = (delivery: Delivery, environment: string, release: Release): RenderedEnvironment =>
  renderEnvironment(delivery, environmentOf(delivery, environment), release, {
    opsRepository: 'https://github.com/acme/environments.git',
  });

/** What every check finds in one environment as it is rendered, beside what is published. */
export const findingsIn = (
  delivery: Delivery,
  rendering: RenderedEnvironment,
  published?: readonly KubernetesObject[],
): readonly string[] =>
  checkDelivery({
    delivery,
    catalog,
    environments: [
      {
        environment: environmentOf(delivery, rendering.environment),
        rendered: rendering,
        ...(published === undefined ? {} : { published }),
      },
    ],
  }).map(describeFinding);

/** What every check finds in a system at its first releases: where, and by which check. */
export const findings = (delivery: Delivery): readonly string[] =>
  checkDelivery({
    delivery,
    catalog,
    environments: delivery.environments.map((environment) => ({
      environment,
      rendered: rendered(delivery, environment.name, delivery.initialReleases[environment.name] ?? { images: {} }),
    })),
  }).map(({ object, field, check, also = [] }) => {
    const places = also.length === 0 ? '' : `, also ${also.join(' and ')}`;
    return `${object} ${field.replace('spec.template.spec.', '')} (${check}${places})`;
  });
