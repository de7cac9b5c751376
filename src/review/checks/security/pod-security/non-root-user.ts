import { foundAt, type Check } from '../../../../objects/check.ts';

/** Pod Security, running as non-root user: user 0 is root whatever else is said. */
export const nonRootUser: Check = {
  name: 'non-root-user',
  inPod(workload, report) {
    for (const { security, path, who } of workload.securityPlaces) {
      if (security['runAsUser'] === 0)
        report(
          foundAt(
            workload.rendered,
            `${path}.runAsUser`,
            `${who} runs as root; write the number of another user, got 0`,
          ),
        );
    }
  },
};
