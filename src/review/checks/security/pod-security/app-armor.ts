import type { Check } from '../../check.ts';
import { fieldPath, textOf, valueAt } from '../../objects/fields.ts';
import { metadataPath } from '../../objects/workload.ts';
import { containerSecurity, inEachPod, podSecurity } from './control.ts';

const annotation = 'container.apparmor.security.beta.kubernetes.io/';

const allowedProfile = (profile: string): boolean => profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');

/** Pod Security, AppArmor: the node's default profile is neither lifted nor replaced by an unknown one. */
export const appArmor: Check = {
  name: 'app-armor',
  find: (input) =>
    inEachPod(input, (workload) => [
      ...[podSecurity(workload), ...containerSecurity(workload)].flatMap(({ security, path, who }) => {
        const type = textOf(valueAt(security, 'appArmorProfile', 'type'));
        if (type === undefined || type === 'RuntimeDefault' || type === 'Localhost') return [];
        return [{ field: `${path}.appArmorProfile.type`, message: `${who} lifts its AppArmor profile; write "RuntimeDefault", got "${type}"` }];
      }),
      ...Object.entries(workload.annotations)
        .filter(([key, profile]) => key.startsWith(annotation) && !allowedProfile(profile))
        .map(([key, profile]) => ({
          field: fieldPath(metadataPath(workload, 'annotations'), key),
          message: `container "${key.slice(annotation.length)}" lifts its AppArmor profile; write "runtime/default", got "${profile}"`,
        })),
    ]),
};
