import type { Environment } from '../../model/environment.ts';
import { listed } from '../../model/formats/listed.ts';
import { namespaceOfService, type PodSecurity } from '../../model/pods/pod-security.ts';

const line = (whose: string, { level, reason }: PodSecurity): string => `- ${whose}: \`${level}\`. Why: ${reason}`;

/**
 * What the README of a branch says of pods that may do more than Pod Security "restricted" lets them: which, where, and why, for whoever reviews
 * it. @returns nothing where none may
 */
export function whatPodsMayDo(environment: Environment): string | undefined {
  const own = [environment.namespace, ...(environment.namespaces ?? [])].map((name) => `\`${name}\``);
  const services = environment.applications.flatMap((application) => application.services);
  const lines = [
    ...(environment.podSecurity === undefined
      ? []
      : [line(`all in ${listed(own)}, whoever wrote them`, environment.podSecurity)]),
    ...services.flatMap((service) =>
      service.podSecurity === undefined
        ? []
        : [line(`\`${service.name}\`, in \`${namespaceOfService(environment, service)}\``, service.podSecurity)],
    ),
  ];
  return lines.length === 0
    ? undefined
    : `Pod Security "restricted" holds for all pods but these:\n${lines.join('\n')}`;
}
