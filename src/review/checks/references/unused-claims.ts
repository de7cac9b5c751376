import { foundAt, type Check } from '../check.ts';

/** Every claim is mounted by some pod; data that was meant to be kept is otherwise written somewhere else. */
export const unusedClaims: Check = {
  name: 'unused-claims',
  *find({ objects }) {
    const mounted = new Set(
      objects.workloads.flatMap((workload) =>
        objects.references(workload)
          .filter(({ kind }) => kind === 'PersistentVolumeClaim')
          .map(({ name }) => `${workload.namespace}/${name}`),
      ),
    );
    for (const rendered of objects.ofKind('PersistentVolumeClaim')) {
      const { name } = rendered.object.metadata;
      if (mounted.has(`${objects.namespaceOf(rendered.object)}/${name}`)) continue;
      yield foundAt(rendered, '', `no pod mounts the claim "${name}"; mount it where the data is written, or remove it`);
    }
  },
};
