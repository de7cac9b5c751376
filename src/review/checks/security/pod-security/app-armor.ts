import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldPath, fieldsOf, textOf } from '../../../../objects/fields.ts';
import { metadataPath } from '../../../../objects/pods/workload.ts';

const annotation = 'container.apparmor.security.beta.kubernetes.io/';

const allowedProfile = (profile: string): boolean =>
  profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');

/** Pod Security, AppArmor: the node's default profile is neither lifted nor replaced by an unknown one. */
export const appArmor: Check = {
  name: 'app-armor',
  inPod(workload, report) {
    for (const { security, path, who } of workload.securityPlaces) {
      const type = textOf(fieldsOf(security['appArmorProfile'])['type']);
      if (type === undefined || type === 'RuntimeDefault' || type === 'Localhost') continue;
      report(
        foundAt(
          workload.rendered,
          `${path}.appArmorProfile.type`,
          `${who} lifts its AppArmor profile; write "RuntimeDefault", got "${type}"`,
        ),
      );
    }
    for (const key of Object.keys(workload.annotations)) {
      const profile = workload.annotations[key] ?? '';
      if (!key.startsWith(annotation) || allowedProfile(profile)) continue;
      const field = fieldPath(metadataPath(workload, 'annotations'), key);
      report(
        foundAt(
          workload.rendered,
          field,
          `container "${key.slice(annotation.length)}" lifts its AppArmor profile; write "runtime/default", got "${profile}"`,
        ),
      );
    }
  },
};
