import type { Delivery } from '../../delivery.ts';
import { argoApplicationName, databaseNames, networkPolicyName, objectName, routingNames, serviceName, workloadName } from '../../names.ts';
import { applicationsIn, type ApplicationPlace } from '../place.ts';

/** How Kubernetes reads a name. */
export type NameKind = 'label' | 'service' | 'subdomain';

/** The name of an object that will be rendered, and where it comes from. */
export interface ObjectName {
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly as: NameKind;
  /** Characters that Kubernetes leaves for it. */
  readonly most: number;
}

// A StatefulSet's and a CronJob's pods carry labels made of the name and eleven characters.
const short = 52;

function namesInApplication({ path, environment, application }: ApplicationPlace): readonly ObjectName[] {
  const routed = application.services.some(({ routes }) => (routes ?? []).length > 0);
  const routing = routingNames(environment, application);
  return [
    ...application.services.flatMap((service): readonly ObjectName[] => {
      const at = `${path}.services.${service.name}`;
      const workload = service.workload ?? 'Deployment';
      return [
        { path: at, kind: workload, name: workloadName(environment, service), as: 'label', most: workload === 'StatefulSet' ? short : 63 },
        ...((service.ports ?? []).length === 0 ? [] : [{ path: at, kind: 'Service', name: serviceName(environment, service), as: 'service', most: 63 } as const]),
        ...(service.configs ?? []).map((config) => ({ path: `${at}.configs.${config.name}`, kind: 'ConfigMap', name: objectName(environment, config.name), as: 'subdomain', most: 253 }) as const),
        { path: at, kind: 'NetworkPolicy', name: networkPolicyName(environment, service.name), as: 'subdomain', most: 253 },
      ];
    }),
    ...(application.databases ?? []).flatMap((database): readonly ObjectName[] => {
      const at = `${path}.databases.${database.name}`;
      const names = databaseNames(environment, database);
      return [
        { path: at, kind: 'StatefulSet', name: names.workload, as: 'label', most: short },
        { path: at, kind: 'Service', name: names.service, as: 'service', most: 63 },
        { path: at, kind: 'ConfigMap', name: names.config, as: 'subdomain', most: 253 },
        ...(database.initSql === undefined ? [] : [{ path: at, kind: 'ConfigMap', name: names.initScript, as: 'subdomain', most: 253 } as const]),
        { path: at, kind: 'PersistentVolumeClaim', name: names.claim, as: 'subdomain', most: 253 },
        { path: at, kind: 'NetworkPolicy', name: networkPolicyName(environment, database.name), as: 'subdomain', most: 253 },
        ...(database.backup === undefined
          ? []
          : ([
              { path: `${at}.backup`, kind: 'CronJob', name: names.backupJob, as: 'label', most: short },
              { path: `${at}.backup`, kind: 'CronJob', name: names.restoreDrill, as: 'label', most: short },
              { path: `${at}.backup`, kind: 'ConfigMap', name: names.backupScripts, as: 'subdomain', most: 253 },
              { path: `${at}.backup`, kind: 'PersistentVolumeClaim', name: names.backupClaim, as: 'subdomain', most: 253 },
            ] as const)),
      ];
    }),
    ...(application.claims ?? []).flatMap((claim): readonly ObjectName[] => [
      { path: `${path}.claims.${claim.name}`, kind: 'PersistentVolumeClaim', name: objectName(environment, claim.name), as: 'subdomain', most: 253 },
      ...(claim.local === undefined ? [] : [{ path: `${path}.claims.${claim.name}.local`, kind: 'PersistentVolume', name: objectName(environment, claim.local.volume), as: 'subdomain', most: 253 } as const]),
    ]),
    ...(routed
      ? ([
          { path: `${path}.routing`, kind: 'IngressRoute', name: routing.ingressRoute, as: 'subdomain', most: 253 },
          ...(environment.pathPrefix === undefined ? [] : ([{ path: `${path}.routing`, kind: 'Middleware', name: routing.middleware, as: 'subdomain', most: 253 }] as const)),
        ] as const)
      : []),
  ];
}

/** The names of the objects that the program makes of a delivery; those that an owner adds whole are not among them. */
export const objectNamesIn = (delivery: Delivery): readonly (ObjectName & { readonly environment: string })[] => [
  ...delivery.environments.flatMap((environment): readonly (ObjectName & { readonly environment: string })[] => [
    { environment: environment.name, path: `environments.${environment.name}.namespace`, kind: 'Namespace', name: environment.namespace, as: 'label', most: 63 },
  ]),
  ...applicationsIn(delivery).flatMap((place) => [
    {
      environment: place.environment.name,
      path: place.path,
      kind: 'Application',
      name: argoApplicationName(delivery, place.environment, place.application),
      as: 'label' as const,
      most: 63,
    },
    ...namesInApplication(place).map((name) => ({ ...name, environment: place.environment.name })),
  ]),
];
