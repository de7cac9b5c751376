import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, textOf, type Fields } from '../../../../objects/fields.ts';
import { levelOfPods } from '../level-of-pods.ts';
import { isWindows } from '../../../../objects/pods/windows.ts';

const allowed: readonly string[] = ['RuntimeDefault', 'Localhost'];

const profileOf = (security: Fields): string | undefined => textOf(fieldsOf(security['seccompProfile'])['type']);

/** Pod Security, seccomp: a profile is set by the pod for all containers, or by each of them; "baseline" lets them say nothing. */
export const seccomp: Check = {
  name: 'seccomp',
  inPod(workload, report, around) {
    if (isWindows(workload.pod)) return;
    const mayBeSilent = levelOfPods(workload, around) === 'baseline';
    const podSays = profileOf(fieldsOf(workload.pod['securityContext'])) !== undefined;
    for (const { security, path, who, isPod } of workload.securityPlaces) {
      const profile = profileOf(security);
      if (profile === undefined) {
        if (!podSays && !isPod && !mayBeSilent)
          report(
            foundAt(
              workload.rendered,
              `${path}.seccompProfile`,
              `${who} has no seccomp profile; write { type: "RuntimeDefault" } here or for the pod`,
            ),
          );
      } else if (!allowed.includes(profile)) {
        report(
          foundAt(
            workload.rendered,
            `${path}.seccompProfile.type`,
            `${who} has a seccomp profile that is not allowed; write "RuntimeDefault", got "${profile}"`,
          ),
        );
      }
    }
  },
};
