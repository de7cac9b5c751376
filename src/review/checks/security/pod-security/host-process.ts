import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf } from '../../../../objects/fields.ts';

/** Pod Security, HostProcess: a Windows container that is a process of its node. */
export const hostProcess: Check = {
  name: 'host-process',
  inPod(workload, report) {
    for (const { security, path, who } of workload.securityPlaces) {
      if (fieldsOf(security['windowsOptions'])['hostProcess'] === true)
        report(
          foundAt(
            workload.rendered,
            `${path}.windowsOptions.hostProcess`,
            `${who} is a process of its Windows node; remove the field`,
          ),
        );
    }
  },
};
