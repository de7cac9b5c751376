/**
 * The first example with many services in each environment; what whole commands are measured with.
 *
 *     BENCH_SERVICES  how many, in each environment
 *     BENCH_ONLY      the one environment that has them
 *     BENCH_CHANGED   value of one variable of every twentieth of them
 *     BENCH_ONE       value of one variable of one of them
 */
import type { Delivery, Service, Settings } from '@portolan-delivery/portolan';
import first from '../../../examples/first/project.ts';

const count = Number(process.env['BENCH_SERVICES'] ?? 100);
const only = process.env['BENCH_ONLY'];
const changed = process.env['BENCH_CHANGED'] ?? 'no';

/** Asked for when the project is run, so that whoever imports this can say it. */
const one = (): string => process.env['BENCH_ONE'] ?? 'no';

/** One more service like another: with a configuration of its own, and no way in from outside. */
const copyOf = (service: Service, i: number): Service => ({
  ...service,
  name: `${service.name}-${i}`,
  replicas: 1,
  routes: [],
  configs: [
    {
      name: `${service.name}-${i}`,
      data: { NUMBER: String(i), CHANGED: i % 20 === 0 ? changed : 'no', ...(i === 7 && { ONE: one() }) },
    },
  ],
  containers: service.containers.map((container) => ({
    ...container,
    env: {},
    envFrom: [`${service.name}-${i}`],
  })),
});

export default function project(settings: Settings): Delivery {
  const delivery = first(settings);
  return {
    ...delivery,
    environments: delivery.environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((application) => ({
        ...application,
        services: application.services.flatMap((service) => [
          service,
          ...Array.from({ length: only === undefined || only === environment.name ? count : 0 }, (_, i) =>
            copyOf(service, i),
          ),
        ]),
      })),
    })),
  };
}
