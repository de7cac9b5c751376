import { foundAt, type Check } from '../../../../objects/check.ts';

/** Every claim is mounted by some pod; data that was meant to be kept is otherwise written somewhere else. */
export const unusedClaims: Check = {
  name: 'unused-claims',
  find({ objects }, report) {
    const claims = objects.ofKind('PersistentVolumeClaim');
    if (claims.length === 0) return;
    const mounted = new Set<string>();
    for (const workload of objects.workloads) {
      for (const { kind, name } of objects.references(workload))
        if (kind === 'PersistentVolumeClaim') mounted.add(`${workload.namespace}/${name}`);
    }
    for (const rendered of claims) {
      const { name } = rendered.object.metadata;
      if (mounted.has(`${objects.namespaceOf(rendered.object)}/${name}`)) continue;
      report(
        foundAt(rendered, '', `no pod mounts the claim "${name}"; mount it where the data is written, or remove it`),
      );
    }
  },
};
