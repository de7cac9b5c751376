import type { Check } from '../../check.ts';
import { textOf, valueAt, type Fields } from '../../objects/fields.ts';
import { containerSecurity, inEachPod, isWindows, podSecurity } from './control.ts';

const allowed: readonly (string | undefined)[] = ['RuntimeDefault', 'Localhost'];

const profileOf = (security: Fields): string | undefined => textOf(valueAt(security, 'seccompProfile', 'type'));

/** Pod Security, seccomp: a profile is set by the pod for all containers, or by each of them. */
export const seccomp: Check = {
  name: 'seccomp',
  find: (input) =>
    inEachPod(input, (workload) => {
      if (isWindows(workload)) return [];
      const pod = podSecurity(workload);
      const places = containerSecurity(workload);
      const wrong = [pod, ...places].filter(({ security }) => profileOf(security) !== undefined && !allowed.includes(profileOf(security)));
      const silent = profileOf(pod.security) === undefined ? places.filter(({ security }) => profileOf(security) === undefined) : [];
      return [
        ...wrong.map(({ path, who, security }) => ({ field: `${path}.seccompProfile.type`, message: `${who} has a seccomp profile that is not allowed; write "RuntimeDefault", got "${profileOf(security) ?? ''}"` })),
        ...silent.map(({ path, who }) => ({ field: `${path}.seccompProfile`, message: `${who} has no seccomp profile; write { type: "RuntimeDefault" } here or for the pod` })),
      ];
    }),
};
