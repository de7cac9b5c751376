import type { CustomReference } from '../../objects/names/custom-reference.ts';
import { kindBeside } from '../../objects/names/kind-beside.ts';

/** Names of other objects inside of Flux's kinds. */
export const references: readonly CustomReference[] = [
  { from: 'Kustomization.kustomize.toolkit.fluxcd.io', path: 'spec.sourceRef.name', to: kindBeside() },
  {
    from: 'Kustomization.kustomize.toolkit.fluxcd.io',
    path: 'spec.dependsOn[].name',
    to: 'Kustomization.kustomize.toolkit.fluxcd.io',
  },
  {
    from: 'Alert.notification.toolkit.fluxcd.io',
    path: 'spec.providerRef.name',
    to: 'Provider.notification.toolkit.fluxcd.io',
  },
  { from: 'Alert.notification.toolkit.fluxcd.io', path: 'spec.eventSources[].name', to: kindBeside() },
];
