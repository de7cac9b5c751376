import type { Fields } from '../fields.ts';
import { textOf } from '../fields.ts';

const groups: Readonly<Record<string, string>> = {
  GitRepository: 'source.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  HelmChart: 'source.toolkit.fluxcd.io',
  Bucket: 'source.toolkit.fluxcd.io',
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  ImageRepository: 'image.toolkit.fluxcd.io',
  ImagePolicy: 'image.toolkit.fluxcd.io',
  ImageUpdateAutomation: 'image.toolkit.fluxcd.io',
  Builder: 'kpack.io',
  ClusterBuilder: 'kpack.io',
  ClusterStack: 'kpack.io',
  ClusterStore: 'kpack.io',
  Task: 'tekton.dev',
  ClusterTask: 'tekton.dev',
  TriggerBinding: 'triggers.tekton.dev',
  ClusterTriggerBinding: 'triggers.tekton.dev',
  PromotionTask: 'kargo.akuity.io',
  ClusterPromotionTask: 'kargo.akuity.io',
};

/** The kind in the field beside the name, with its group; unknown kinds are not looked for. */
export const kindBeside =
  (fallback?: string) =>
  (parent: Fields): string | undefined => {
    const kind = textOf(parent['kind']) ?? fallback;
    const group = kind === undefined ? undefined : groups[kind];
    return group === undefined ? undefined : `${String(kind)}.${group}`;
  };
