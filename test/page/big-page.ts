import { browserScript } from '../../src/cli/page/browser-script.ts';
import { picturesOf } from '../../src/cli/page/pictures-of.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { connectsTo, type Service } from '../../src/model/service.ts';
import { serviceSheets } from '../../src/page/now/service-sheet.ts';
import { pageOf } from '../../src/page/page-of.ts';
import { graphOf } from '../../src/review/graph/graph-of.ts';
import { renamed } from '../support/renamed-service.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { page, state, unit } from './made-up-page.ts';

/** The valid delivery with as many further services in each environment, of four objects each, every one connected to the one before. */
export function deliveryOfMany(count: number, called = 'service'): Delivery {
  const delivery = validDelivery();
  const [model] = delivery.environments[0]?.applications[0]?.services ?? [];
  if (model === undefined) throw new Error('the valid delivery has no service');
  const further = Array.from({ length: count }, (_, i): Service => ({
    ...renamed(model, i),
    name: `${called}-${i}`,
    names: {},
    routes: [],
    connects: i === 0 ? [] : [connectsTo(`${called}-${i - 1}`, 'http')],
  }));
  return {
    ...delivery,
    environments: delivery.environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((it) => ({ ...it, services: [...it.services, ...further] })),
    })),
  };
}

/** The page of a delivery, each of whose environments had as many releases as a page shows. */
export async function pageOfDelivery(delivery: Delivery, packageFolder: string): Promise<string> {
  const hour = 3_600_000;
  const units = delivery.environments.map(({ name }) =>
    unit(
      name,
      Array.from({ length: 200 }, (_, i) =>
        state('promote', new Date(Date.UTC(2026, 0, 1) + i * hour).toISOString(), `v1.${i}.0`),
      ),
    ),
  );
  const made = page(units, { title: delivery.name, ...(await picturesOf(graphOf(delivery))) });
  const environments = made.environments.map((it, i) => {
    const environment = delivery.environments[i];
    return environment === undefined ? it : { ...it, services: serviceSheets(environment) };
  });
  return pageOf({ ...made, environments }, await browserScript(packageFolder));
}
