import type { ThrowAwayCluster } from '../../support/cluster.ts';

/** Argo CD looks for exactly this finalizer on what it deletes with its objects, and the API server finds its name old-fashioned. */
const plainFinalizer =
  /Warning: metadata\.finalizers: "resources-finalizer\.argocd\.argoproj\.io": prefer a domain-qualified finalizer name including a path \(\/\) to avoid accidental conflicts with other finalizer writers\n?/g;

/** What a real API server says of objects that it validates strictly, and does not store. */
export interface SaidStrictly {
  readonly exitCode: number;
  readonly stdout: string;
  /** Errors and warnings. */
  readonly findings: string;
}

/**
 * Has the API server look at objects.
 *
 * @param from - a file or folder; `-` for the input
 */
export async function strictly(cluster: ThrowAwayCluster, from: string, input?: string): Promise<SaidStrictly> {
  const { exitCode, stdout, stderr } = await cluster.kubectl(
    ['apply', '--dry-run=server', '--validate=strict', '--filename', from],
    input === undefined ? {} : { input },
  );
  return { exitCode, stdout, findings: stderr.replaceAll(plainFinalizer, '') };
}
