import type { KubernetesLine } from '../../../../model/environment.ts';
import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, placesOf, textOf } from '../../../../objects/fields.ts';

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
  inPod(workload, report, { environment }) {
    const { sysctls: given } = fieldsOf(workload.pod['securityContext']);
    if (given === undefined) return;
    for (const { fields, path } of placesOf(given, `${workload.specPath}.securityContext.sysctls`)) {
      const name = textOf(fields['name']) ?? '';
      const from = allowed[name];
      const { oldest } = environment.cluster.kubernetes;
      if (from === undefined)
        report(
          foundAt(workload.rendered, `${path}.name`, `the kernel setting ${name} may reach other pods; remove it`),
        );
      else if (from > oldest)
        report(
          foundAt(
            workload.rendered,
            `${path}.name`,
            `the kernel setting ${name} is allowed from Kubernetes ${from}; remove it, or raise the oldest line, got ${oldest}`,
          ),
        );
    }
  },
};
