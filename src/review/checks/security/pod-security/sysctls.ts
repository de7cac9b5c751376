import type { KubernetesLine } from '../../../../model/environment.ts';
import type { Check } from '../../check.ts';
import { placesOf, textOf, valueAt } from '../../objects/fields.ts';
import { inEachPod } from './control.ts';

/** Kernel settings that are the pod's own, with the Kubernetes line from which Pod Security allows each. */
const allowed: Readonly<Record<string, KubernetesLine>> = {
  'kernel.shm_rmid_forced': '1.28',
  'net.ipv4.ip_local_port_range': '1.28',
  'net.ipv4.ip_unprivileged_port_start': '1.28',
  'net.ipv4.tcp_syncookies': '1.28',
  'net.ipv4.ping_group_range': '1.28',
  'net.ipv4.ip_local_reserved_ports': '1.28',
  'net.ipv4.tcp_keepalive_time': '1.29',
  'net.ipv4.tcp_fin_timeout': '1.29',
  'net.ipv4.tcp_keepalive_intvl': '1.29',
  'net.ipv4.tcp_keepalive_probes': '1.29',
  'net.ipv4.tcp_rmem': '1.32',
  'net.ipv4.tcp_wmem': '1.32',
};

/** Pod Security, sysctls: only kernel settings that do not reach other pods of the node. */
export const sysctls: Check = {
  name: 'sysctls',
  find: (input) =>
    inEachPod(input, ({ pod, specPath }) =>
      placesOf(valueAt(pod, 'securityContext', 'sysctls'), `${specPath}.securityContext.sysctls`).flatMap(({ fields, path }) => {
        const name = textOf(fields['name']) ?? '';
        const from = allowed[name];
        const { oldest } = input.environment.cluster.kubernetes;
        if (from === undefined) return [{ field: `${path}.name`, message: `the kernel setting ${name} may reach other pods; remove it` }];
        return from > oldest ? [{ field: `${path}.name`, message: `the kernel setting ${name} is allowed from Kubernetes ${from}; remove it, or raise the oldest line, got ${oldest}` }] : [];
      }),
    ),
};
