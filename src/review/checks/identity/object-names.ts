import { foundAt, type Check } from '../../../objects/check.ts';
import {
  breaks,
  dnsLabel,
  dnsSubdomain,
  pathSegment,
  serviceNameRule,
  type NameRule,
} from '../../../objects/names/name-rules.ts';

/**
 * Kinds whose names are narrower than a DNS subdomain. Names of CronJobs and StatefulSets leave room for what controllers
 * append: eleven characters for a run, and a hash in a label of each pod.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
const rules: Readonly<Record<string, NameRule>> = {
  Namespace: dnsLabel,
  Service: serviceNameRule,
  CronJob: { ...dnsSubdomain, maxLength: 52 },
  StatefulSet: { ...dnsLabel, maxLength: 52 },
  Job: { ...dnsSubdomain, maxLength: 63 },
  Role: pathSegment,
  RoleBinding: pathSegment,
  ClusterRole: pathSegment,
  ClusterRoleBinding: pathSegment,
};

/** Every object's name is one that Kubernetes accepts for its kind. */
export const objectNames: Check = {
  name: 'object-names',
  inObject(rendered, report) {
    const { kind, metadata } = rendered.object;
    const problem = breaks(rules[kind] ?? dnsSubdomain, metadata.name);
    if (problem !== undefined) report(foundAt(rendered, 'metadata.name', `the name of a ${kind} ${problem}`));
  },
};
