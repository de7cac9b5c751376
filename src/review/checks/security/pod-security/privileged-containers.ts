import { foundAt, type Check } from '../../../../objects/check.ts';

/** Pod Security, privileged containers: they are root on the node. */
export const privilegedContainers: Check = {
  name: 'privileged-containers',
  inContainer({ security, path, title }, { rendered }, report) {
    if (security['privileged'] === true)
      report(
        foundAt(
          rendered,
          `${path}.securityContext.privileged`,
          `${title} is privileged, which is root on the node; write false`,
        ),
      );
  },
};
