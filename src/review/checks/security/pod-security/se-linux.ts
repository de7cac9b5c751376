import type { KubernetesLine } from '../../../../model/environment.ts';
import type { Check } from '../../check.ts';
import { fieldsOf, textOf } from '../../objects/fields.ts';
import { containerSecurity, inEachPod, podSecurity } from './control.ts';

/** Types of container programs, with the Kubernetes line from which Pod Security allows each. */
const allowed: Readonly<Record<string, KubernetesLine>> = { container_t: '1.28', container_init_t: '1.28', container_kvm_t: '1.28', container_engine_t: '1.31' };

/** Pod Security, SELinux: only container types, and neither a user nor a role. */
export const seLinux: Check = {
  name: 'se-linux',
  find: (input) =>
    inEachPod(input, (workload) =>
      [podSecurity(workload), ...containerSecurity(workload)].flatMap(({ security, path, who }) => {
        if (security['seLinuxOptions'] === undefined) return [];
        const options = fieldsOf(security['seLinuxOptions']);
        const type = textOf(options['type']) ?? '';
        const types = Object.keys(allowed).filter((name) => (allowed[name] ?? '') <= input.environment.cluster.kubernetes.oldest);
        return [
          ...(type === '' || types.includes(type) ? [] : [{ field: `${path}.seLinuxOptions.type`, message: `${who} has an SELinux type that is not allowed; write one of: ${types.join(', ')}, got "${type}"` }]),
          ...['user', 'role']
            .filter((field) => (textOf(options[field]) ?? '') !== '')
            .map((field) => ({ field: `${path}.seLinuxOptions.${field}`, message: `${who} sets an SELinux ${field}; remove it` })),
        ];
      }),
    ),
};
