import { foundAt, type Check } from '../../../../objects/check.ts';
import { isWindows } from '../../../../objects/pods/windows.ts';

/** Pod Security, privilege escalation: no program gets more rights than the container started with. */
export const privilegeEscalation: Check = {
  name: 'privilege-escalation',
  inContainer({ security, path, title }, { rendered, pod }, report) {
    if (isWindows(pod)) return;
    if (security['allowPrivilegeEscalation'] !== false)
      report(
        foundAt(
          rendered,
          `${path}.securityContext.allowPrivilegeEscalation`,
          `${title} may get more rights than it started with; write false`,
        ),
      );
  },
};
