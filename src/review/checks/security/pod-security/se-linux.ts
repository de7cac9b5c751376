import type { KubernetesLine } from '../../../../model/environment.ts';
import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, textOf } from '../../../../objects/fields.ts';

/** Types of container programs, with the Kubernetes line from which Pod Security allows each. */
const allowed: Readonly<Record<string, KubernetesLine>> = {
  container_t: '1.28',
  container_init_t: '1.28',
  container_kvm_t: '1.28',
  container_engine_t: '1.31',
};

/** Pod Security, SELinux: only container types, and neither a user nor a role. */
export const seLinux: Check = {
  name: 'se-linux',
  inPod(workload, report, { environment }) {
    for (const { security, path, who } of workload.securityPlaces) {
      if (security['seLinuxOptions'] === undefined) continue;
      const options = fieldsOf(security['seLinuxOptions']);
      const type = textOf(options['type']) ?? '';
      const types = Object.keys(allowed).filter(
        (name) => (allowed[name] ?? '') <= environment.cluster.kubernetes.oldest,
      );
      if (type !== '' && !types.includes(type)) {
        report(
          foundAt(
            workload.rendered,
            `${path}.seLinuxOptions.type`,
            `${who} has an SELinux type that is not allowed; write one of: ${types.join(', ')}, got "${type}"`,
          ),
        );
      }
      for (const field of ['user', 'role']) {
        if ((textOf(options[field]) ?? '') !== '')
          report(
            foundAt(workload.rendered, `${path}.seLinuxOptions.${field}`, `${who} sets an SELinux ${field}; remove it`),
          );
      }
    }
  },
};
